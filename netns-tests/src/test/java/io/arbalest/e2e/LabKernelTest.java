package io.arbalest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.testing.Privileged;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Privileged
class LabKernelTest {
  private static final String FILE =
      Path.of("../docs/labs/two-hosts.yaml").toAbsolutePath().toString();

  @TempDir Path folder;
  private Machine machine;

  @BeforeEach
  void startMachine() {
    machine = new Machine(folder);
  }

  @AfterEach
  void stopMachine() {
    machine.close();
  }

  @Test
  void shouldConnectZonesAcrossHostsAndLeaveNothing() {
    Machine.Result up = machine.run("lab", "up", FILE).orFail();
    assertThat(up.out()).contains("create zone web", "ZONE", "10.42.0.20/24,fd42::20/64");
    Machine.Result ping = machine.run("lab", "ping").orFail();
    assertThat(ping.out()).containsPattern("web +- +\\d+\\.\\d{3} ms");
    Transfer.check("two-hosts.web", "two-hosts.db", "10.42.0.20");
    Transfer.check("two-hosts.db", "two-hosts.web", "fd42::10");
    machine.run("lab", "down").orFail();
    machine.awaitDaemonLeft();
  }

  @Test
  void shouldConvergeWithoutRemakingWhatIsRight() {
    machine.run("lab", "up", FILE).orFail();
    Map<String, Integer> before = ifindexes();
    machine.run("lab", "up", FILE).orFail();
    assertThat(ifindexes()).isEqualTo(before);
    machine.run("lab", "ping").orFail();
  }

  @Test
  void shouldReachAZoneThatASecondUpAdds() {
    String before =
        """
        lab: growing
        hosts:
          alpha: {underlay: 192.0.2.1/24}
          beta: {underlay: 192.0.2.2/24}
        overlays:
          blue: {vni: 7}
        zones:
          a0: {host: alpha, net: [{vnic: net0, over: blue, address: [10.7.0.10/24]}]}
          b0: {host: beta, net: [{vnic: net0, over: blue, address: [10.7.0.20/24]}]}
        """;
    String more = "  b1: {host: beta, net: [{vnic: net0, over: blue, address: [10.7.0.21/24]}]}\n";
    machine.run("lab", "up", machine.file("growing.yaml", before).toString()).orFail();
    machine.run("lab", "ping").orFail();
    machine.run("lab", "up", machine.file("growing.yaml", before + more).toString()).orFail();
    machine.run("lab", "ping").orFail();
  }

  @Test
  void shouldOutliveItsDaemons() {
    machine.run("lab", "up", FILE).orFail();
    Map<String, Integer> before = ifindexes();
    LabProcesses.killDaemonIn("two-hosts.alpha");
    machine.killDaemon();
    machine.restartDaemon();
    machine.run("lab", "up", FILE).orFail();
    assertThat(ifindexes()).isEqualTo(before);
    machine.run("lab", "ping").orFail();
  }

  @Test
  void shouldNotLetZoneRootOutOfItsStack() {
    machine.run("lab", "up", FILE).orFail();
    assertThat(inWeb("id", "-u").orFail().out()).isEqualTo("0\n");
    assertThat(inWeb("ip", "-o", "link").orFail().out().lines()).hasSize(2);
    assertThat(inWeb("ip", "link", "set", "net0", "netns", "1").err())
        .contains("Operation not permitted");
    assertThat(inWeb("touch", "/root/owned-by-zone").status()).isNotZero();
    // What zone root may do to its own end changes nothing at the port.
    inWeb("tc", "qdisc", "del", "dev", "net0", "clsact");
    machine.run("lab", "ping").orFail();
  }

  @Test
  void shouldRefuseASecondDaemonOnTheSameFolders() {
    machine.run("lab", "up", FILE).orFail();
    assertThat(machine.secondDaemon()).isEqualTo(3);
    machine.run("lab", "ping").orFail();
  }

  @Test
  void shouldTalkToTheKernelsOwnVxlan() {
    machine.run("lab", "up", FILE).orFail();
    LabProcesses.killDaemonIn("two-hosts.beta");
    KernelVxlan.replace("two-hosts.db", "two-hosts.beta");
    Transfer.check("two-hosts.web", "two-hosts.beta", "10.42.0.20");
    Transfer.check("two-hosts.beta", "two-hosts.web", "10.42.0.10");
    Transfer.check("two-hosts.web", "two-hosts.beta", "fd42::20");
  }

  private Machine.Result inWeb(String... command) {
    String[] words = new String[command.length + 4];
    System.arraycopy(new String[] {"--host", "alpha", "zlogin", "web"}, 0, words, 0, 4);
    System.arraycopy(command, 0, words, 4, command.length);
    return machine.run(words);
  }

  private static Map<String, Integer> ifindexes() {
    Map<String, Integer> indexes = new TreeMap<>();
    for (String host : new String[] {"two-hosts.alpha", "two-hosts.beta", "two-hosts.web"}) {
      try (NetworkNamespace namespace = NetworkNamespace.open(Path.of("/run/netns", host));
          Rtnetlink kernel = Rtnetlink.open(namespace)) {
        for (Link link : kernel.links().list()) {
          indexes.put(host + "/" + link.name(), link.index());
        }
      }
    }
    return indexes;
  }
}
