package io.arbalest.vnic;

import static io.arbalest.vnic.SwitchHost.STUB;
import static io.arbalest.vnic.SwitchHost.ipv4;
import static io.arbalest.vnic.SwitchHost.mac;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.rtnetlink.Neighbour;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.testing.Privileged;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A switch with a TAP as its way out. */
@Privileged
class UplinkKernelTest {
  private static final MacAddress REMOTE = MacAddress.parse("2:8:20:aa:0:1");
  private static final MacAddress GROUP = MacAddress.parse("1:0:5e:1:2:3");

  @TempDir private Path directory;
  private SwitchHost host;
  private TapEnd tap;

  @BeforeEach
  void start() {
    host = new SwitchHost(directory);
    host.add("web", 1);
    host.add("db", 2);
    tap = new TapEnd(host, "up0");
    host.board().setUplink(STUB, tap.ifindex());
  }

  @AfterEach
  void stop() {
    tap.close();
    host.close();
  }

  private LinkStats.Traffic into(String zone) {
    return host.stats(zone + "/net0").in();
  }

  private LinkStats uplink() {
    return host.board().uplinkStats(STUB);
  }

  private void sendToRemote(String zone) {
    try (Rtnetlink inside = Rtnetlink.open(host.zone(zone))) {
      int index = inside.links().get("net0").index();
      inside.neighbours().add(Neighbour.permanent(index, ipv4(99), REMOTE));
    }
    assertThat(SwitchHost.pingsOnce(host.zone(zone), ipv4(99))).isFalse();
  }

  @Test
  void shouldSendUnknownUnicastOut() throws InterruptedException {
    sendToRemote("web");
    assertThat(tap.read(TapEnd.to(REMOTE))).isPresent();
    assertThat(host.stats("web/net0").drops()).containsEntry("unknown-unicast", 0L);
    assertThat(uplink().in().packets()).isPositive();
  }

  @Test
  void shouldSendACopyOfGroupFramesOut() throws InterruptedException {
    assertThat(SwitchHost.pingsOnce(host.zone("web"), ipv4(77))).isFalse();
    assertThat(tap.read(TapEnd.to(MacAddress.BROADCAST))).isPresent();
  }

  @Test
  void shouldKeepLocalTrafficInside() throws InterruptedException {
    assertThat(host.pings("web", ipv4(2))).isTrue();
    assertThat(tap.read(TapEnd.to(mac(1)).or(TapEnd.to(mac(2))))).isEmpty();
  }

  @Test
  void shouldDeliverUnicastFromOutside() {
    long web = into("web").packets();
    long db = into("db").packets();
    long in = uplink().in().packets();
    for (int i = 0; i < 1000; i++) {
      tap.write(TapEnd.frame(mac(1), REMOTE));
    }
    assertThat(into("web").packets() - web).isBetween(1000L, 1020L);
    assertThat(into("db").packets() - db).isLessThan(20);
    assertThat(uplink().in().packets() - in).isLessThan(20);
    assertThat(uplink().out().packets()).isEqualTo(1000);
    assertThat(uplink().out().bytes()).isEqualTo(60_000);
  }

  @Test
  void shouldAnswerAPingFromOutside() throws InterruptedException {
    tap.write(PingFrame.arpRequest(REMOTE, ipv4(50), ipv4(1)));
    assertThat(tap.read(TapEnd.to(REMOTE))).isPresent();
    tap.write(PingFrame.echoRequest(mac(1), REMOTE, ipv4(50), ipv4(1)));
    assertThat(tap.read(TapEnd.to(REMOTE).and(PingFrame::isEchoReply))).isPresent();
  }

  @Test
  void shouldCopyGroupFramesFromOutsideToAllZonesAndNotBack() throws InterruptedException {
    long web = into("web").packets();
    long db = into("db").packets();
    for (int i = 0; i < 1000; i++) {
      tap.write(TapEnd.frame(GROUP, REMOTE));
    }
    assertThat(into("web").packets() - web).isBetween(1000L, 1020L);
    assertThat(into("db").packets() - db).isBetween(1000L, 1020L);
    assertThat(tap.read(TapEnd.to(GROUP))).isEmpty();
  }

  @Test
  void shouldDropAndCountWhatIsForNobodyHere() throws InterruptedException {
    tap.write(TapEnd.frame(REMOTE, REMOTE));
    assertThat(uplink().drops()).containsEntry("unknown-unicast", 1L);
    assertThat(uplink().out().packets()).isZero();
    assertThat(tap.read(TapEnd.to(REMOTE))).isEmpty();
  }

  @Test
  void shouldChangeAndLoseItsUplink() throws InterruptedException {
    try (TapEnd other = new TapEnd(host, "up1")) {
      host.board().setUplink(STUB, other.ifindex());
      sendToRemote("web");
      assertThat(other.read(TapEnd.to(REMOTE))).isPresent();
      assertThat(tap.read(TapEnd.to(REMOTE))).isEmpty();
      tap.write(TapEnd.frame(mac(1), REMOTE));
      assertThat(uplink().out().packets()).isZero();
      host.board().clearUplink(STUB);
    }
    assertThat(host.board().switches())
        .containsEntry(STUB, new SwitchFacts(STUB, 9000, OptionalInt.empty(), 2));
    assertThatThrownBy(this::uplink).hasMessage("object not found: stub0 has no uplink");
    sendToRemote("db");
    assertThat(host.stats("db/net0").drops()).containsEntry("unknown-unicast", 1L);
  }

  @Test
  void shouldNoticeThatItsUplinkWentWithTheProcessThatHeldIt() {
    tap.close();
    host.restart();
    host.board().sweep();
    assertThat(host.board().switches())
        .containsEntry(STUB, new SwitchFacts(STUB, 9000, OptionalInt.empty(), 2));
    assertThat(host.pings("web", ipv4(2))).isTrue();
    tap = new TapEnd(host, "up0");
    host.board().setUplink(STUB, tap.ifindex());
    tap.write(TapEnd.frame(mac(1), REMOTE));
    assertThat(uplink().out().packets()).isEqualTo(1);
  }
}
