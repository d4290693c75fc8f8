package io.arbalest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.testing.Privileged;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab whose file changes while it is up. */
@Privileged
class LabChangeKernelTest {
  private static final String THREE =
      """
      lab: change
      hosts:
        alpha: {underlay: 192.0.2.1/24}
        beta:  {underlay: 192.0.2.2/24}
        gamma: {underlay: 192.0.2.3/24}
      overlays:
        blue: {vni: 42}
      zones:
        a: {host: alpha, net: [{vnic: net0, over: blue, address: [10.42.0.1/24, "fd42::1/64"]}]}
        b: {host: beta, net: [{vnic: net0, over: blue, address: [10.42.0.2/24, "fd42::2/64"]}]}
        c: {host: gamma, net: [{vnic: net0, over: blue, address: [10.42.0.3/24, "fd42::3/64"]}]}
      """;

  private static final String WITHOUT_GAMMA =
      THREE.replaceAll("(?m)^  gamma: .*\n", "").replace("c: {host: gamma", "c: {host: alpha");

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
  void shouldJoinThreeHostsThenMoveAZoneAndDropItsHost() {
    up(THREE);
    machine.run("lab", "ping").orFail();
    up(WITHOUT_GAMMA);
    machine.run("lab", "ping").orFail();
    Transfer.check("change.c", "change.b", "10.42.0.2");
    assertThat(Path.of("/run/netns/change.gamma")).doesNotExist();
    assertThat(machine.run("--host", "alpha", "zoneadm", "list").orFail().out().lines())
        .contains("a", "c");
    up(THREE);
    machine.run("lab", "ping").orFail();
  }

  @Test
  void shouldNotTouchANamespaceOfSomebodyElse() throws Exception {
    Path foreign = Path.of("/run/netns/change.b");
    boolean madeFolder = !Files.exists(foreign.getParent());
    Files.createDirectories(foreign.getParent());
    Files.createFile(foreign);
    try {
      Machine.Result refused = machine.run("lab", "up", file(THREE));
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.err()).contains("/run/netns/change.b exists and is not this lab's");
      assertThat(Path.of("/run/netns/change.alpha")).doesNotExist();
      assertThat(foreign).exists();
    } finally {
      Files.delete(foreign);
      if (madeFolder) {
        Files.delete(foreign.getParent());
      }
    }
  }

  @Test
  void shouldUndoALabThatCannotBeBroughtUp() {
    // The overlay leaves 1450 bytes of the wire's 1500.
    String tooLarge = THREE.replace("vnic: net0, over: blue", "vnic: net0, over: blue, mtu: 1451");
    Machine.Result failed = machine.run("lab", "up", file(tooLarge));
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("1450");
    machine.awaitDaemonLeft();
    assertThat(Path.of("/run/netns/change.alpha")).doesNotExist();
  }

  private void up(String text) {
    machine.run("lab", "up", file(text)).orFail();
  }

  private String file(String text) {
    return machine.file("change.yaml", text).toString();
  }
}
