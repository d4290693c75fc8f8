package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.testing.Privileged;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies with all their sets, and addresses that come and go. */
@Privileged
class PolicyTableKernelTest {
  private static final int LOOPBACK = 1;
  private static final InetAddress LEARNED = IpLiteral.parse("10.0.0.6");
  private static final InetAddress LEARNED6 = IpLiteral.parse("fd00::6");

  @TempDir private Path directory;
  private Bpffs pins;
  private Guard guard;

  @BeforeEach
  void open() {
    pins = Bpffs.mount(directory.resolve("bpf"));
    guard = Guard.open(pins);
  }

  @AfterEach
  void close() {
    guard.close();
    pins.unmount();
  }

  static List<IpPrefix> prefixes(String... texts) {
    return Stream.of(texts).map(IpPrefix::parse).toList();
  }

  /** A policy with something in every set. */
  static PortPolicy full(Networks networks) {
    return new PortPolicy(
        Frames.MAC,
        Protection.DEFAULT,
        networks,
        Set.of(DynamicMethod.DHCPV4, DynamicMethod.DHCPV6),
        new DhcpClients(Set.of(ClientIdentifier.parse("0x0102")), false),
        Set.of(Grant.ROUTER),
        new FurtherMacs(Set.of(Frames.OTHER_MAC), Set.of(7)),
        Set.of(ReceptionGuard.RA_GUARD));
  }

  private static Networks allowing(String... texts) {
    return Networks.allowing(prefixes(texts));
  }

  private boolean sends(String source) {
    return guard.rehearse(LOOPBACK, Direction.FROM_ZONE, ipv4(source)).passes();
  }

  private boolean claims(String address) {
    byte[] arp = Frames.own(Frames.ARP, Frames.arp(1, Frames.MAC, address, "10.0.0.9"));
    return guard.rehearse(LOOPBACK, Direction.FROM_ZONE, arp).passes();
  }

  private static byte[] ipv4(String source) {
    return Frames.own(Frames.IPV4, Frames.ipv4(source, "10.0.0.9", Frames.TCP, Frames.tcp(1, 2)));
  }

  private boolean sends6(String source) {
    byte[] packet = Frames.ipv6(64, source, "fd00::9", 6, Frames.tcp(1, 2));
    return guard.rehearse(LOOPBACK, Direction.FROM_ZONE, Frames.own(Frames.IPV6, packet)).passes();
  }

  private void reopen() {
    guard.close();
    guard = Guard.open(pins);
  }

  @Test
  void shouldLetALearnedAddressInAndOut() {
    guard.admit(LOOPBACK, full(allowing("10.0.0.5")));
    assertThat(sends("10.0.0.6")).isFalse();

    assertThat(guard.allow(LOOPBACK, LEARNED)).isTrue();
    assertThat(guard.allow(LOOPBACK, LEARNED)).isTrue();
    assertThat(guard.allow(LOOPBACK, LEARNED6)).isTrue();

    assertThat(sends("10.0.0.6")).isTrue();
    assertThat(claims("10.0.0.6")).isTrue();
    assertThat(sends6("fd00::6")).isTrue();
    reopen();
    assertThat(sends("10.0.0.6")).isTrue();

    assertThat(guard.withdraw(LOOPBACK, LEARNED)).isTrue();
    assertThat(guard.withdraw(LOOPBACK, LEARNED)).isTrue();
    assertThat(guard.withdraw(LOOPBACK, LEARNED6)).isTrue();

    assertThat(sends("10.0.0.6")).isFalse();
    assertThat(sends6("fd00::6")).isFalse();
    assertThat(sends("10.0.0.5")).isTrue();
    assertThat(PinnedState.of(pins).isExactly(Map.of(LOOPBACK, contents("10.0.0.5")))).isTrue();
  }

  private static PolicyContents contents(String... allowed) {
    return PolicyContents.of(full(allowing(allowed)));
  }

  @Test
  void shouldSayThatAnUnknownPortHasNoPolicy() {
    assertThat(guard.allow(LOOPBACK, LEARNED)).isFalse();
    assertThat(guard.withdraw(LOOPBACK, LEARNED)).isFalse();
    assertThat(PinnedState.of(pins).entries()).isEmpty();
  }

  @Test
  void shouldNotTakeAnAllowedAddressAwayWithALearnedOne() {
    guard.admit(LOOPBACK, full(allowing("10.0.0.0/24", "10.0.0.6")));
    guard.allow(LOOPBACK, LEARNED);
    guard.withdraw(LOOPBACK, LEARNED);

    assertThat(sends("10.0.0.6")).isTrue();
    assertThat(claims("10.0.0.6")).isTrue();
    assertThat(
            PinnedState.of(pins).isExactly(Map.of(LOOPBACK, contents("10.0.0.0/24", "10.0.0.6"))))
        .isTrue();
  }

  @Test
  void shouldKeepWhatPrefixesAroundALearnedAddressGive() {
    Networks networks =
        new Networks(
            List.of(),
            Set.of(),
            prefixes("10.0.0.0/24", "10.0.0.6/32"),
            prefixes("10.0.0.0/8", "10.0.0.6/32"));
    guard.admit(LOOPBACK, full(networks));
    assertThat(sends("10.0.0.6")).isTrue();
    assertThat(claims("10.0.0.6")).isFalse();
    PinnedState before = PinnedState.of(pins);

    guard.allow(LOOPBACK, LEARNED);
    assertThat(claims("10.0.0.6")).isTrue();
    reopen();
    guard.withdraw(LOOPBACK, LEARNED);

    assertThat(sends("10.0.0.6")).isTrue();
    assertThat(claims("10.0.0.6")).isFalse();
    assertThat(PinnedState.of(pins)).isEqualTo(before);
  }

  @Test
  void shouldTakeOverWhatWasLearnedWithoutWritingAnything() {
    guard.admit(LOOPBACK, full(allowing("10.0.0.0/24")));
    guard.allow(LOOPBACK, LEARNED);
    reopen();

    try (Failpoint.Armed counting = Failpoint.arm("0:kill")) {
      guard.admit(
          LOOPBACK,
          full(new Networks(prefixes("10.0.0.0/24"), Set.of(LEARNED), List.of(), List.of())));
      assertThat(counting.hits()).isEmpty();
    }
  }

  @Test
  void shouldNoticeEachSetThatDiffers() {
    PortPolicy policy = full(allowing("10.0.0.5"));
    List<PortPolicy> others =
        List.of(
            full(allowing("10.0.0.6")),
            full(new Networks(policy.allowed(), Set.of(), prefixes("10.2.0.0/16"), List.of())),
            full(new Networks(policy.allowed(), Set.of(), List.of(), prefixes("10.0.0.5/32"))),
            full(new Networks(policy.allowed(), Set.of(LEARNED6), List.of(), List.of())),
            new PortPolicy(
                policy.mac(),
                policy.protection(),
                policy.networks(),
                policy.methods(),
                new DhcpClients(Set.of(ClientIdentifier.parse("0x0103")), false),
                policy.grants(),
                policy.further(),
                policy.reception()),
            new PortPolicy(
                policy.mac(),
                policy.protection(),
                policy.networks(),
                policy.methods(),
                policy.clients(),
                policy.grants(),
                new FurtherMacs(Set.of(), Set.of(7)),
                policy.reception()),
            policy.with(Protection.NONE));
    for (PortPolicy other : others) {
      guard.admit(LOOPBACK, policy);
      guard.admit(LOOPBACK, other);
      assertThat(PinnedState.of(pins).isExactly(Map.of(LOOPBACK, PolicyContents.of(other))))
          .as("%s", other)
          .isTrue();
    }
  }

  @Test
  void shouldHoldThousandsOfPrefixesAndLetThemGo() {
    List<IpPrefix> many =
        IntStream.range(0, 10_000)
            .mapToObj(i -> IpPrefix.parse("11.%d.%d.0/24".formatted(i / 250, i % 250)))
            .toList();
    guard.admit(
        LOOPBACK, full(new Networks(prefixes("10.0.0.5"), Set.of(), many, prefixes("11.0.0.0/8"))));

    assertThat(sends("11.39.249.1")).isTrue();
    assertThat(claims("11.39.249.1")).isFalse();
    assertThat(sends("11.40.0.1")).isFalse();
    assertThat(PinnedState.of(pins).size(GuardMaps.PREFIX4)).isEqualTo(10_002);

    guard.admit(LOOPBACK, full(allowing("10.0.0.5")));
    assertThat(PinnedState.of(pins).isExactly(Map.of(LOOPBACK, contents("10.0.0.5")))).isTrue();
    guard.forget(LOOPBACK);
    assertThat(PinnedState.of(pins).isExactly(Map.of())).isTrue();
    assertThat(PinnedState.of(pins).metersMatch()).isTrue();
  }
}
