package io.arbalest.vnic;

import static io.arbalest.vnic.SwitchHost.STUB;
import static io.arbalest.vnic.SwitchHost.ipv4;
import static io.arbalest.vnic.SwitchHost.ipv6;
import static io.arbalest.vnic.SwitchHost.mac;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Guard;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.testing.Privileged;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real guard in front of the real switch, and an attacker who is root in a zone. */
@Privileged
class ProtectedPortKernelTest {
  private static final MacAddress FOREIGN = MacAddress.parse("2:8:20:bd:bd:bd");
  private static final VnicKey EVIL = VnicKey.parse("evil/net0");
  private static final VnicKey WEB = VnicKey.parse("web/net0");
  private static final ProtectionSpec ALL =
      ProtectionSpec.of(Set.of("mac-nospoof", "ip-nospoof", "restricted"), List.of());

  @TempDir private Path directory;
  private Bpffs pins;
  private Guard guard;
  private NetworkNamespace home;
  private NetworkNamespace web;
  private NetworkNamespace evil;
  private Switchboard board;

  @BeforeEach
  void start() {
    pins = SwitchHost.pinsIn(directory);
    guard = Guard.open(pins);
    home = NetworkNamespace.create();
    web = SwitchHost.emptyZone();
    evil = SwitchHost.emptyZone();
    board = home.call(() -> Switchboard.open(SwitchHost.INSTANCE, pins, guard));
    board.addSwitch(STUB, 1500);
    board.addPort(spec(WEB, 1, ALL), web);
    addresses(web, 1);
  }

  @AfterEach
  void stop() {
    board.close();
    List.of(home, web, evil).forEach(NetworkNamespace::close);
    guard.close();
    pins.unmount();
  }

  private static VnicSpec spec(VnicKey key, int host, ProtectionSpec protection) {
    List<IpPrefix> allowed = List.of(IpPrefix.host(ipv4(host)), IpPrefix.host(ipv6(host)));
    return new VnicSpec(
        key,
        STUB,
        MacAssignment.fixed(mac(host)),
        OptionalInt.empty(),
        ProtectionSpec.of(protection.modes(), allowed));
  }

  private static int addresses(NetworkNamespace zone, int host) {
    try (Rtnetlink inside = Rtnetlink.open(zone)) {
      SwitchHost.address(inside, "net0", host);
      return inside.links().get("net0").index();
    }
  }

  /** An IPv4 frame that is right in all but its Ethernet source. */
  private static byte[] spoofed() {
    return PingFrame.echoRequest(mac(1), FOREIGN, ipv4(2), ipv4(1));
  }

  private static boolean isSpoofed(byte[] frame) {
    byte[] source = FOREIGN.toBytes();
    return frame.length >= 12 && Arrays.equals(frame, 6, 12, source, 0, source.length);
  }

  private long drops(VnicKey key) {
    return board.stats(key).drops().values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void shouldLetHonestTrafficThrough() {
    board.addPort(spec(EVIL, 2, ALL), evil);
    addresses(evil, 2);
    assertThat(SwitchHost.pings(evil, ipv4(1))).isTrue();
    assertThat(SwitchHost.pings(web, ipv6(2))).isTrue();
    assertThat(board.stats(WEB).out().packets()).isPositive();
  }

  @Test
  void shouldDropASpoofedFrameAndMoveOneCounter() {
    board.addPort(spec(EVIL, 2, ALL), evil);
    int link = addresses(evil, 2);
    try (RawLink attacker = new RawLink(evil);
        RawLink victim = new RawLink(web)) {
      long before = drops(EVIL);
      assertThat(attacker.send(link, spoofed())).isTrue();
      assertThat(victim.count(ProtectedPortKernelTest::isSpoofed)).isZero();
      assertThat(drops(EVIL)).isEqualTo(before + 1);
      assertThat(board.stats(EVIL).drops()).containsEntry("source-mac", 1L);
    }
  }

  /** The control: the same frame arrives where nothing is protected, so the test can see it. */
  @Test
  void shouldDeliverTheSameFrameWithoutProtection() {
    board.addPort(spec(EVIL, 2, ProtectionSpec.NONE), evil);
    int link = addresses(evil, 2);
    try (RawLink attacker = new RawLink(evil);
        RawLink victim = new RawLink(web)) {
      assertThat(attacker.send(link, spoofed())).isTrue();
      assertThat(victim.count(ProtectedPortKernelTest::isSpoofed)).isEqualTo(1);
      assertThat(board.adopt(spec(EVIL, 2, ALL))).isTrue();
      assertThat(attacker.send(link, spoofed())).isTrue();
      assertThat(victim.count(ProtectedPortKernelTest::isSpoofed)).isZero();
    }
  }

  @Test
  void shouldNeverBeOpenWhilePortsComeAndGo() {
    AtomicBoolean running = new AtomicBoolean(true);
    AtomicLong taken = new AtomicLong();
    try (RawLink attacker = new RawLink(evil);
        RawLink victim = new RawLink(web)) {
      CompletableFuture<Void> flood =
          CompletableFuture.runAsync(() -> flood(attacker, running, taken));
      for (int cycle = 0; cycle < 40; cycle++) {
        board.addPort(spec(EVIL, 2, ALL), evil);
        assertThat(board.adopt(spec(EVIL, 2, ALL))).isTrue();
        board.removePort(EVIL);
      }
      running.set(false);
      flood.join();
      assertThat(taken.get()).isPositive();
      assertThat(victim.count(ProtectedPortKernelTest::isSpoofed)).isZero();
    }
  }

  /** Interface indexes of new links count up, so the attacker tries the next ones. */
  private static void flood(RawLink attacker, AtomicBoolean running, AtomicLong taken) {
    byte[] frame = spoofed();
    int link = 2;
    int misses = 0;
    while (running.get()) {
      boolean sent = attacker.send(link, frame);
      misses = sent ? 0 : misses + 1;
      taken.addAndGet(sent ? 1 : 0);
      link = misses > 3 ? 2 + (link - 1) % 200 : link;
      misses = misses > 3 ? 0 : misses;
    }
  }

  @Test
  void shouldKeepTheDropCountersApartByPort() {
    board.addPort(spec(EVIL, 2, ALL), evil);
    int link = addresses(evil, 2);
    try (RawLink attacker = new RawLink(evil)) {
      Map<String, Long> web = board.stats(WEB).drops();
      for (int i = 0; i < 10; i++) {
        assertThat(attacker.send(link, spoofed())).isTrue();
      }
      assertThat(board.stats(EVIL).out().errors()).isGreaterThanOrEqualTo(10);
      assertThat(board.stats(WEB).drops()).isEqualTo(web);
    }
  }
}
