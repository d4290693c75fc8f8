package io.arbalest.zone.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.explain.PcapCodec;
import io.arbalest.antispoof.explain.PcapPacket;
import io.arbalest.cli.dladm.Dladm;
import io.arbalest.cli.host.LiveHost;
import io.arbalest.cli.protection.ProtectionTools;
import io.arbalest.cli.verb.Tool;
import io.arbalest.cli.verb.Toolbox;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.Libc;
import io.arbalest.testing.Privileged;
import io.arbalest.vnic.LinkStats;
import io.arbalest.vnic.VnicKey;
import io.arbalest.zone.Zone;
import io.arbalest.zone.daemon.Invocation;
import io.arbalest.zone.daemon.Output;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The verbs about protection against programs that run. */
@Privileged
@Timeout(120)
class ProtectionVerbsKernelTest {
  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;

  /** ARP who-has 10.99.0.9 tell 10.99.0.77, from the MAC address of zone 0. */
  private static final String SPOOF =
      "ffffffffffff"
          + "020820000001"
          + "0806"
          + "0001080006040001"
          + "0208200000010a63004d0000000000000a630009"
          + "00".repeat(18);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path temp;

  private HostFixture fixture;
  private Said said = new Said();

  /** What a verb said. */
  private static final class Said implements Output {
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();

    @Override
    public void out(String text) {
      out.append(text);
    }

    @Override
    public void err(String text) {
      err.append(text);
    }

    @Override
    public void launch(List<String> argv) {
      throw new IllegalStateException("nothing is to be entered");
    }

    @Override
    public boolean isOpen() {
      return true;
    }
  }

  @BeforeEach
  void open() {
    fixture = new HostFixture(temp, "verbs").settle();
    fixture.converge(Stars.of(2));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private int run(String line) {
    LiveHost view = new LiveHost(fixture.host());
    List<Tool> tools = new ArrayList<>(ProtectionTools.of(view));
    tools.add(Dladm.of(view));
    said = new Said();
    return fixture
        .namespace()
        .call(
            () ->
                new Toolbox(tools)
                    .run(
                        new Invocation(List.of(line.split(" ")), Map.of(), temp.toString(), 0, 0),
                        said));
  }

  private String out(String line) {
    assertThat(run(line)).as(line + said.out + said.err).isZero();
    return said.out.toString();
  }

  private Map<VnicKey, LinkStats> counters() {
    Map<VnicKey, LinkStats> counters = new TreeMap<>();
    fixture
        .host()
        .switchboard()
        .ports()
        .keySet()
        .forEach(key -> counters.put(key, fixture.host().switchboard().stats(key)));
    return counters;
  }

  private long dropped(int zone) {
    return fixture.host().switchboard().stats(Stars.key(zone)).drops().values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static int index(Zone zone) {
    try (Rtnetlink there = Rtnetlink.open(zone.network())) {
      return there.links().get("net0").index();
    }
  }

  private void send(int zone, String hex) {
    Zone from = fixture.host().zone(Stars.zone(zone)).orElseThrow();
    int index = index(from);
    from.call(
        () -> {
          byte[] frame = HexFormat.of().parseHex(hex);
          try (Arena arena = Arena.ofConfined();
              Fd socket = Fd.own(Libc.socket(AF_PACKET, SOCK_RAW_CLOEXEC, 0), "packet socket")) {
            MemorySegment address = arena.allocate(20, 4);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
            address.set(ValueLayout.JAVA_INT, 4, index);
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, frame);
            long sent =
                Libc.sendto(
                    socket.number(), bytes.address(), frame.length, 0, address.address(), 20);
            assertThat(sent).isEqualTo(frame.length);
          }
          return true;
        });
  }

  /** Every program agrees with the rules on every frame, in every form of protection. */
  @Test
  void shouldFindNoSurpriseInAnyFormOfProtection() {
    for (String setting :
        List.of(
            "protection=mac-nospoof,restricted,ip-nospoof,dhcp-nospoof",
            "protection=illumos-compat",
            "protection=ip-nospoof,illumos-compat",
            "protection=mac-nospoof",
            "protection=dhcp-nospoof",
            "protection=none",
            "dynamic-methods=dhcpv4,addrconf",
            "roles=dhcp-server,router",
            "reception=own-only,ra-guard,dhcp-guard",
            "routed-prefixes=198.51.100.0/24,vrrp-ids=7,secondary-macs=2:8:20:0:0:77")) {
      out("dladm set-linkprop -p " + setting + " z0/net0");
      out("selftest protection");
      out("dladm reset-linkprop z0/net0");
      out("selftest protection --vnic z0/net0");
    }
  }

  /** A program that is not attached guards nothing, whatever it would say. */
  @Test
  void shouldNotTrustAPortWithoutItsFilter() {
    int port = requireNonNull(fixture.host().switchboard().ports().get(Stars.key(0))).ifindex();
    try (Rtnetlink net = Rtnetlink.open(fixture.namespace())) {
      net.traffic().deleteClsact(port);
    }
    int status = run("selftest protection --vnic z0/net0");
    if (status == 0) { // somebody who watches ports was faster
      assertThat(requireNonNull(fixture.host().switchboard().ports().get(Stars.key(0))).state())
          .matches(state -> state.filtered());
    } else {
      assertThat(said.err.toString())
          .contains("operation failed: the port of vnic z0/net0 has not its filters");
    }
    out("selftest protection --vnic z1/net0");
  }

  @Test
  void shouldLeaveNoTraceOfATrial() throws InterruptedException {
    Map<VnicKey, LinkStats> before;
    do {
      before = counters();
      Thread.sleep(1_000); // until the zones' own neighbour discovery is quiet
    } while (!before.equals(counters()));
    int drops = fixture.host().drops().recent().size();
    out("selftest protection --json");
    out("explain --vnic z0/net0 --frame " + SPOOF);
    assertThat(counters()).isEqualTo(before);
    assertThat(fixture.host().drops().recent()).hasSize(drops);
  }

  @Test
  void shouldTellOfASpoofAndLetItThroughOnceItIsGranted() throws Exception {
    long before = dropped(0);
    send(0, SPOOF);
    String line = "";
    for (int tries = 0; tries < 100 && !line.contains("10.99.0.77"); tries++) {
      Thread.sleep(50);
      line = out("drops --vnic z0/net0");
    }
    assertThat(line)
        .contains(" z0/net0 ")
        .contains(" arp-sender-ip ")
        .contains("ARP who-has 10.99.0.9 tell 10.99.0.77");
    assertThat(dropped(0)).isEqualTo(before + 1);
    assertThat(out("drops --json -n 1 --vnic z0/net0"))
        .contains("\"zone\":\"z0\"", "\"length\":60", "\"head\":\"" + SPOOF.substring(0, 84));
    capture();
    assertThat(out("explain --vnic z0/net0 --frame " + SPOOF))
        .contains("verdict    drop, arp-sender-ip")
        .endsWith("program    says the same\n");
    String grant =
        said.out.toString().lines().filter(l -> l.startsWith("to allow   ")).findFirst().orElse("");
    out(grant.substring("to allow   ".length()));
    assertThat(out("explain --vnic z0/net0 --frame " + SPOOF))
        .contains("verdict    pass")
        .endsWith("program    says the same\n");
    send(0, SPOOF);
    assertThat(dropped(0)).isEqualTo(before + 1);
    fixture.restart();
    assertThat(out("explain --vnic z0/net0 --frame " + SPOOF)).contains("verdict    pass");
    assertThat(out("dladm show-linkprop -c -o value -p allowed-ips z0/net0"))
        .contains("10.99.0.77/32");
  }

  private void capture() throws IOException {
    out("drops --pcap x.pcap --vnic z0/net0");
    PcapPacket last = PcapCodec.decode(Files.readAllBytes(temp.resolve("x.pcap"))).getLast();
    assertThat(last.length()).isEqualTo(60);
    assertThat(HexFormat.of().formatHex(last.bytes())).startsWith(SPOOF.substring(0, 84));
    assertThat(out("explain --vnic z0/net0 --pcap x.pcap")).contains("arp-sender-ip");
  }

  @Test
  void shouldCheckTheHost() {
    String text = out("check");
    assertThat(text)
        .contains("ok    kernel: ")
        .contains("ok    filters of links: work")
        .contains("ok    user namespaces: work")
        .contains("ok    zones without a user namespace: none")
        .contains("ok    VNICs without protection: none")
        .doesNotContain("fail");
    out("dladm set-linkprop -p protection=none z1/net0");
    assertThat(out("check")).contains("warn  VNICs without protection: z1/net0");
  }
}
