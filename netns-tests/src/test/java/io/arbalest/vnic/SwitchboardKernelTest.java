package io.arbalest.vnic;

import static io.arbalest.vnic.SwitchHost.STUB;
import static io.arbalest.vnic.SwitchHost.ipv4;
import static io.arbalest.vnic.SwitchHost.ipv6;
import static io.arbalest.vnic.SwitchHost.mac;
import static io.arbalest.vnic.SwitchHost.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.BpfFilter;
import io.arbalest.linux.rtnetlink.Direction;
import io.arbalest.linux.rtnetlink.FilterPlace;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.Neighbour;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.testing.Privileged;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Privileged
class SwitchboardKernelTest {
  private static final MacAddress NOBODY = MacAddress.parse("2:8:20:ff:ff:ff");

  @TempDir private Path directory;
  private SwitchHost host;

  /** The JDK keeps one socket for itself from the first one that it closes. */
  @BeforeAll
  static void letTheJdkTakeItsSocket() throws IOException {
    new ServerSocket(0).close();
    new DatagramSocket().close();
  }

  @BeforeEach
  void start() {
    host = new SwitchHost(directory);
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void shouldMakeAPortAsTheSpecWants() {
    PortFacts facts = host.add("web", 1);
    assertThat(facts.satisfies(spec("web/net0", 1), 9000)).isTrue();
    Link port = host.net.links().get(facts.ifindex());
    assertThat(port.name()).isEqualTo(facts.portName()).isEqualTo("vnic-0");
    assertThat(port.altNames()).containsExactly("web/net0");
    assertThat(port.alias()).contains("arbalest:switch-test:vnic:web/net0");
    assertThat(port.mtu()).isEqualTo(1500);
    assertThat(host.net.addresses().list(facts.ifindex())).isEmpty();
    assertThat(host.guard.ports()).containsExactly(facts.ifindex());
    try (Rtnetlink inside = Rtnetlink.open(host.zone("web"))) {
      Link end = inside.links().get("net0");
      assertThat(end.mac()).contains(mac(1));
      assertThat(end.up()).isTrue();
      assertThat(end.mtu()).isEqualTo(1500);
      assertThat(end.gsoMaxSize()).isEqualTo(61_000);
    }
  }

  @Test
  void shouldPutTheReceptionBesideGuardAndSwitch() {
    PortFacts web = host.add("web", 1);
    assertThat(programs(web.ifindex(), Direction.INGRESS))
        .containsExactly("open_guard", "arbalest_switch");
    assertThat(programs(web.ifindex(), Direction.EGRESS)).containsExactly("open_reception");
    host.net.traffic().detach(FilterPlace.egress(web.ifindex(), 1));
    assertThat(host.board().adopt(spec("web/net0", 1))).as("is not as it was made").isFalse();
    host.restart();
    assertThat(programs(web.ifindex(), Direction.EGRESS)).containsExactly("open_reception");
    assertThat(host.board().adopt(spec("web/net0", 1))).isTrue();
    try (TapEnd tap = new TapEnd(host, "up0")) {
      host.board().setUplink(STUB, tap.ifindex());
      assertThat(programs(tap.ifindex(), Direction.INGRESS)).containsExactly("arbalest_switch");
      assertThat(programs(tap.ifindex(), Direction.EGRESS)).isEmpty();
      host.net.traffic().deleteClsact(tap.ifindex());
      assertThat(host.board().inspect())
          .extracting(PortReport::text)
          .containsExactly("uplink of stub0: switch missing or replaced; attached again");
      assertThat(programs(tap.ifindex(), Direction.INGRESS)).containsExactly("arbalest_switch");
      host.board().clearUplink(STUB);
    }
  }

  private List<String> programs(int ifindex, Direction direction) {
    return host.net.traffic().filters(ifindex, direction).stream().map(BpfFilter::name).toList();
  }

  @Test
  void shouldCarryPingBetweenZones() {
    host.add("web", 1);
    host.add("db", 2);
    host.add("log", 3);
    for (String from : List.of("web", "db", "log")) {
      for (int to = 1; to <= 3; to++) {
        assertThat(host.pings(from, ipv4(to))).as("%s to %d, IPv4", from, to).isTrue();
        assertThat(host.pings(from, ipv6(to))).as("%s to %d, IPv6", from, to).isTrue();
      }
    }
    for (String key : List.of("web/net0", "db/net0", "log/net0")) {
      assertThat(host.stats(key).in().errors()).isZero();
      assertThat(host.stats(key).drops().get("no-port")).isZero();
    }
  }

  @Test
  void shouldCarryTcpBetweenZones() throws Exception {
    host.add("web", 1);
    host.add("db", 2);
    assertThat(TcpCopy.between(host.zone("web"), host.zone("db"), ipv4(2))).isTrue();
    assertThat(TcpCopy.between(host.zone("db"), host.zone("web"), ipv6(1))).isTrue();
    assertThat(host.stats("web/net0").out().bytes()).isGreaterThan(TcpCopy.BYTES);
    assertThat(host.stats("db/net0").in().bytes()).isGreaterThan(TcpCopy.BYTES);
  }

  @Test
  void shouldCopyBroadcastToAllOthersAndNotBack() throws Exception {
    host.add("web", 1);
    host.add("db", 2);
    host.add("log", 3);
    try (Broadcast web = Broadcast.open(host.zone("web"));
        Broadcast db = Broadcast.open(host.zone("db"));
        Broadcast log = Broadcast.open(host.zone("log"))) {
      web.send("hello");
      assertThat(db.receive()).contains("hello");
      assertThat(log.receive()).contains("hello");
    }
    assertThat(host.stats("web/net0").out().packets()).isPositive();
    assertThat(host.stats("web/net0").in().packets())
        .isLessThanOrEqualTo(sentBy("db/net0") + sentBy("log/net0"));
  }

  private long sentBy(String key) {
    return host.stats(key).out().packets();
  }

  @Test
  void shouldDropUnknownUnicastAndCountIt() {
    host.add("web", 1);
    host.add("db", 2);
    assertThat(host.pings("web", ipv4(2))).isTrue();
    try (Rtnetlink inside = Rtnetlink.open(host.zone("web"))) {
      int index = inside.links().get("net0").index();
      inside.neighbours().add(Neighbour.permanent(index, ipv4(99), NOBODY));
    }
    assertThat(SwitchHost.pingsOnce(host.zone("web"), ipv4(99))).isFalse();
    LinkStats web = host.stats("web/net0");
    assertThat(web.drops()).containsEntry("unknown-unicast", 1L);
    assertThat(web.out().errors()).isEqualTo(1);
    assertThat(sumOf(web.drops())).isEqualTo(1);
  }

  private static long sumOf(Map<String, Long> drops) {
    return drops.values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void shouldAccountForEveryFrameOfAZone() throws InterruptedException {
    PortFacts web = host.add("web", 1);
    host.add("db", 2);
    assertThat(host.pings("web", ipv4(2))).isTrue();
    assertThat(SwitchHost.pingsOnce(host.zone("web"), ipv4(77))).isFalse();
    for (int attempt = 1; !isEveryFrameCounted(web); attempt++) {
      assertThat(attempt).as("zones send now and then by themselves").isLessThan(50);
      Thread.sleep(10);
    }
  }

  /** What the kernel received on the port is what the switch forwarded or dropped. */
  private boolean isEveryFrameCounted(PortFacts port) {
    LinkStats stats = host.board().stats(port.key());
    long received = host.net.links().get(port.ifindex()).statistics().receivedPackets();
    return received == stats.out().packets() + stats.out().errors();
  }

  @Test
  void shouldKeepSwitchesApart() {
    LinkName other = new LinkName("stub1");
    host.board().addSwitch(other, 1500);
    host.add("web", 1);
    VnicSpec db = spec("db/net0", 2);
    VnicSpec apart =
        new VnicSpec(db.key(), other, db.mac(), OptionalInt.empty(), ProtectionSpec.NONE);
    host.board().addPort(apart, host.zone("db"));
    try (Rtnetlink inside = Rtnetlink.open(host.zone("db"))) {
      SwitchHost.address(inside, "net0", 2);
    }
    assertThat(SwitchHost.pingsOnce(host.zone("web"), ipv4(2))).isFalse();
    assertThat(host.stats("db/net0").in().packets()).isZero();
  }

  @Test
  void shouldServeAVnicOfTheGlobalZone() {
    host.add("web", 1);
    PortFacts facts = host.board().addPort(spec("net9", 9));
    assertThat(host.net.links().get(facts.ifindex()).altNames()).containsExactly("global/net9");
    SwitchHost.address(host.net, "net9", 9);
    assertThat(host.pings("web", ipv4(9))).isTrue();
    assertThat(SwitchHost.pings(host.home, ipv6(1))).isTrue();
    host.board().removePort(VnicKey.parse("net9"));
    assertThat(host.links()).containsExactly("lo", "vnic-0");
  }

  @Test
  void shouldNotSpeakOnAPortItself() throws InterruptedException {
    PortFacts web = host.add("web", 1);
    Thread.sleep(1500);
    assertThat(host.stats("web/net0").out().packets()).isPositive();
    assertThat(host.net.links().get(web.ifindex()).statistics().sentPackets()).isZero();
  }

  @Test
  void shouldGoOnWithoutADaemonAndFindEverythingAgain() {
    PortFacts web = host.add("web", 1);
    host.add("db", 2);
    host.board().close();
    assertThat(host.pings("web", ipv4(2))).isTrue();
    host.restart();
    assertThat(host.board().sweep()).isZero();
    assertThat(host.board().ports()).hasSize(2).containsEntry(web.key(), web);
    assertThat(host.board().switches())
        .containsOnlyKeys(STUB)
        .containsEntry(STUB, new SwitchFacts(STUB, 9000, OptionalInt.empty(), 2));
    assertThat(host.board().adopt(spec("web/net0", 1))).isTrue();
    assertThat(host.board().adopt(spec("web/net0", 7))).isFalse();
    assertThat(host.board().adopt(spec("mail/net0", 3))).isFalse();
    assertThat(host.pings("db", ipv6(1))).isTrue();
    assertThat(host.add("log", 3).portName()).isEqualTo("vnic-2");
    assertThat(host.pings("log", ipv4(1))).isTrue();
  }

  @Test
  void shouldReplaceAForeignProgramInPlace() {
    PortFacts web = host.add("web", 1);
    host.add("db", 2);
    try (OpenGuard newer = new OpenGuard()) {
      host.board().close();
      try (Switchboard upgraded = host.reopenWith(newer)) {
        assertThat(upgraded.ports()).containsEntry(web.key(), web);
        assertThat(host.pings("web", ipv4(2))).isTrue();
      }
    }
    host.restart();
    assertThat(host.board().ports()).containsEntry(web.key(), web);
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    host.add("web", 1);
    Switchboard board = host.board();
    NetworkNamespace db = host.zone("db");
    assertThatThrownBy(() -> board.addPort(spec("web/net0", 5), host.zone("web")))
        .hasMessage("object already exists: web/net0");
    assertThatThrownBy(() -> board.addPort(spec("db/net0", 1), db))
        .hasMessage("MAC address is already in use: 2:8:20:0:0:1 over stub0");
    assertThatThrownBy(() -> board.removePort(VnicKey.parse("db/net0")))
        .hasMessage("object not found: db/net0");
    assertThatThrownBy(() -> board.removeSwitch(STUB)).hasMessageStartingWith("link busy: stub0");
    assertThatThrownBy(() -> board.removeSwitch(new LinkName("stub7")))
        .hasMessage("object not found: no switch stub7");
    assertThatThrownBy(() -> board.addPort(spec("db/net0", 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(host.links()).containsExactly("lo", "vnic-0");
  }

  @Test
  void shouldLeaveNothingOfRemovedPorts() {
    host.add("web", 1);
    host.add("db", 2);
    host.add("log", 3);
    host.board().removePort(VnicKey.parse("web/net0"));
    assertThat(host.links()).containsExactly("lo", "vnic-1", "vnic-2");
    host.board().removePorts(List.of(VnicKey.parse("db/net0"), VnicKey.parse("log/net0")));
    assertThat(host.links()).containsExactly("lo");
    assertThat(host.guard.ports()).isEmpty();
    assertThat(host.board().ports()).isEmpty();
    assertThat(portsOfTheSwitch()).isZero();
    assertThatThrownBy(() -> host.stats("web/net0")).isInstanceOf(LinkException.class);
    host.board().removeSwitch(STUB);
    assertThat(host.board().switches()).isEmpty();
    try (Rtnetlink inside = Rtnetlink.open(host.zone("web"))) {
      assertThat(inside.links().find("net0")).isEmpty();
    }
  }

  @Test
  void shouldForgetPortsThatWentAwayWithTheirZone() throws InterruptedException {
    PortFacts web = host.add("web", 1);
    host.add("db", 2);
    host.dropZone("web");
    assertThat(host.net.links().awaitGone(web.ifindex(), Duration.ofSeconds(10))).isTrue();
    assertThat(host.board().sweep()).isZero();
    assertThat(host.board().ports()).containsOnlyKeys(VnicKey.parse("db/net0"));
    assertThat(portsOfTheSwitch()).isEqualTo(1);
    assertThat(host.guard.ports()).doesNotContain(web.ifindex());
    host.add("web", 1);
    assertThat(host.pings("web", ipv4(2))).isTrue();
  }

  private int portsOfTheSwitch() {
    return host.board().switches().values().stream().mapToInt(SwitchFacts::ports).sum();
  }
}
