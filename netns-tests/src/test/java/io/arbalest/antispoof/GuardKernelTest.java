package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.MapKind;
import io.arbalest.linux.bpf.MapSpec;
import io.arbalest.linux.bpf.TestInput;
import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Register;
import io.arbalest.linux.bpf.asm.TcAction;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.testing.Privileged;
import io.arbalest.vnic.Delivery;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies, counters and pins of the guard. */
@Privileged
class GuardKernelTest {
  private static final int LOOPBACK = 1;
  private static final int ELSEWHERE = 1_000_000;
  private static final InetAddress LATE = IpLiteral.parse("10.0.0.6");
  private static final byte[] HONEST = packet("10.0.0.5");
  private static final byte[] SPOOFED = packet("10.0.0.6");

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

  private static byte[] packet(String source) {
    return Frames.own(Frames.IPV4, Frames.ipv4(source, "10.0.0.9", Frames.TCP, Frames.tcp(1, 2)));
  }

  private static PortPolicy allowing(String... prefixes) {
    IpPrefix[] allowed = new IpPrefix[prefixes.length];
    for (int i = 0; i < prefixes.length; i++) {
      allowed[i] = IpPrefix.parse(prefixes[i]);
    }
    return PortPolicy.of(Frames.MAC, allowed);
  }

  private boolean passes(byte[] frame) {
    return guard.program().testRun(frame, LOOPBACK).verdict() == TcAction.UNSPEC;
  }

  private Map<String, Long> moved(int ifindex) {
    Map<String, Long> drops = guard.drops(ifindex);
    drops.values().removeIf(count -> count == 0);
    return drops;
  }

  private int entries(String map) {
    try (BpfMap open = BpfMap.open(pins.path(map))) {
      return open.keys().size();
    }
  }

  private void reopen() {
    guard.close();
    guard = Guard.open(pins);
  }

  @Test
  void shouldDropEverythingAtUnknownPortAndCountItUnderIndexZero() {
    assertThat(passes(HONEST)).isFalse();

    assertThat(moved(0)).isEqualTo(Map.of("no-policy", 1L));
    assertThat(moved(LOOPBACK)).isEmpty();
    assertThat(guard.ports()).isEmpty();
  }

  @Test
  void shouldPassWhatThePolicyAllowsAndCountTheRestByName() {
    guard.admit(LOOPBACK, allowing("10.0.0.5"));

    assertThat(passes(HONEST)).isTrue();
    assertThat(passes(SPOOFED)).isFalse();
    assertThat(passes(SPOOFED)).isFalse();
    assertThat(moved(LOOPBACK)).isEqualTo(Map.of("ipv4-source", 2L));
    assertThat(guard.drops(LOOPBACK)).hasSize(DropReason.values().length);
  }

  @Test
  void shouldReplacePolicyAndLeaveNothingOfTheOldOne() {
    guard.admit(LOOPBACK, allowing("10.0.0.5", "10.1.0.0/16", "fd00::5"));
    guard.admit(LOOPBACK, allowing("10.0.0.6"));

    assertThat(passes(HONEST)).isFalse();
    assertThat(passes(SPOOFED)).isTrue();
    assertThat(moved(LOOPBACK)).isEqualTo(Map.of("ipv4-source", 1L));
    assertThat(entries("guard_prefix4")).isEqualTo(1);
    assertThat(entries("guard_prefix6")).isZero();
  }

  @Test
  void shouldKeepPoliciesOfPortsApart() {
    guard.admit(LOOPBACK, allowing("10.0.0.5"));
    guard.admit(ELSEWHERE, allowing("10.0.0.6"));

    assertThat(passes(SPOOFED)).isFalse();
    assertThat(guard.ports()).containsExactlyInAnyOrder(LOOPBACK, ELSEWHERE);
  }

  @Test
  void shouldForgetPort() {
    guard.admit(LOOPBACK, allowing("10.0.0.5", "fd00::5"));
    assertThat(passes(SPOOFED)).isFalse();

    guard.forget(LOOPBACK);
    guard.forget(LOOPBACK);

    assertThat(passes(HONEST)).isFalse();
    assertThat(moved(LOOPBACK)).isEmpty();
    assertThat(guard.ports()).isEmpty();
    assertThat(entries("guard_prefix4")).isZero();
    assertThat(entries("guard_prefix6")).isZero();
    assertThat(entries("guard_drops")).isEqualTo(1);
  }

  @Test
  void shouldStartCountersOfReusedIndexAtZero() {
    guard.admit(LOOPBACK, allowing("10.0.0.5"));
    assertThat(passes(SPOOFED)).isFalse();
    guard.forget(LOOPBACK);
    guard.admit(LOOPBACK, allowing("10.0.0.5"));

    assertThat(moved(LOOPBACK)).isEmpty();
  }

  @Test
  void shouldFindPoliciesAndProgramAgain() {
    guard.admit(LOOPBACK, allowing("10.0.0.5", "fd00::5"));
    assertThat(passes(SPOOFED)).isFalse();
    int program = guard.program().info().id();

    reopen();

    assertThat(guard.replaced()).isFalse();
    assertThat(guard.program().info().id()).isEqualTo(program);
    assertThat(guard.ports()).containsExactly(LOOPBACK);
    assertThat(moved(LOOPBACK)).isEqualTo(Map.of("ipv4-source", 1L));
    assertThat(passes(HONEST)).isTrue();
    guard.admit(LOOPBACK, allowing("10.0.0.6"));
    assertThat(passes(HONEST)).isFalse();
    assertThat(entries("guard_prefix4")).isEqualTo(1);
    assertThat(entries("guard_prefix6")).isZero();
  }

  @Test
  void shouldNotWriteThePolicyThatIsInForceAlready() {
    guard.admit(LOOPBACK, allowing("10.0.0.5", "fd00::5"));
    reopen();
    try (Failpoint.Armed counting = Failpoint.arm("0:kill")) {
      guard.admit(LOOPBACK, allowing("fd00::5", "10.0.0.5"));
      assertThat(counting.hits()).isEmpty();
      guard.admit(LOOPBACK, allowing("fd00::5"));
      assertThat(counting.hits()).isNotEmpty();
    }
    assertThat(passes(HONEST)).isFalse();
    assertThat(entries("guard_prefix4")).isZero();
    assertThat(entries("guard_prefix6")).isEqualTo(1);
  }

  @Test
  void shouldReplacePinnedProgramOfOtherRules() {
    try (BpfProgram other =
        BpfProgram.load(
            new Assembler("guard").mov(Register.R0, TcAction.SHOT).exit().assemble(), Map.of())) {
      pins.pin(other);
    }
    guard.admit(LOOPBACK, allowing("10.0.0.5"));

    reopen();

    assertThat(guard.replaced()).isTrue();
    assertThat(passes(HONEST)).isTrue();
    try (BpfProgram pinned = pins.program("guard")) {
      assertThat(pinned.info().id()).isEqualTo(guard.program().info().id());
    }
  }

  @Test
  void shouldRemoveThePinsOfMapsThatNothingReadsAnyMore() {
    pins.map(new MapSpec("guard_ipv4", MapKind.LPM_TRIE, 12, 1, 10)).close();
    assertThat(pins.contains("guard_ipv4")).isTrue();

    reopen();

    assertThat(pins.names())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(GuardMaps.ALL.stream().map(MapSpec::name), Stream.of("guard", "guard_in"))
                .toList());
  }

  @Test
  void shouldRemoveWhatKilledDaemonLeftHalfDone() {
    guard.admit(LOOPBACK, allowing("10.0.0.5"));
    try (BpfMap trie = BpfMap.open(pins.path("guard_prefix4"))) {
      byte[] orphan = trie.keys().getFirst().clone();
      orphan[4] = 99;
      trie.update(orphan, new byte[4]);
    }

    reopen();

    assertThat(entries("guard_prefix4")).isEqualTo(1);
    assertThat(passes(HONEST)).isTrue();
    guard.admit(LOOPBACK, allowing("10.0.0.5"));
    assertThat(passes(HONEST)).isTrue();
  }

  @Test
  void shouldMakePolicyFromVnic() {
    guard.admit(LOOPBACK, vnic("mac-nospoof", "restricted", "ip-nospoof"));

    assertThat(passes(HONEST)).isTrue();
    assertThat(passes(SPOOFED)).isFalse();
  }

  /** What is learned between the question and the answer's coming into force is not lost. */
  @Test
  void shouldAskAgainForWhatIsLearnedMeanwhile() {
    Iterator<Set<InetAddress>> answers =
        List.of(Set.<InetAddress>of(), Set.of(LATE), Set.of(LATE)).iterator();
    guard.close();
    guard = Guard.open(pins, key -> answers.next());
    VnicSpec vnic = vnic(Set.of("dhcpv4"), "ip-nospoof");

    guard.admit(LOOPBACK, vnic);

    assertThat(answers.hasNext()).isFalse();
    assertThat(passes(SPOOFED)).isTrue();
  }

  @Test
  void shouldPassEverythingOfVnicThatAsksForNoProtection() {
    guard.admit(LOOPBACK, vnic());

    assertThat(passes(SPOOFED)).isTrue();
    assertThat(passes(new byte[60])).isTrue();
  }

  @Test
  void shouldRefuseUnknownModeAndChangeNothing() {
    guard.admit(LOOPBACK, allowing("10.0.0.6"));

    assertThatThrownBy(() -> guard.admit(LOOPBACK, vnic("ip-nospof")))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("protection 'ip-nospof'");
    assertThat(passes(SPOOFED)).isTrue();
  }

  private static VnicSpec vnic(String... modes) {
    return vnic(Set.of(), modes);
  }

  private static VnicSpec vnic(Set<String> methods, String... modes) {
    return new VnicSpec(
        new VnicKey(Optional.empty(), new LinkName("net0")),
        new LinkName("stub0"),
        MacAssignment.fixed(Frames.MAC),
        OptionalInt.empty(),
        new ProtectionSpec(
            Set.of(modes),
            List.of(IpPrefix.parse("10.0.0.5/32")),
            methods,
            ProtectionSpec.Clients.OWN,
            ProtectionSpec.Grants.NONE,
            ProtectionSpec.Reception.OPEN));
  }

  @Test
  void shouldSayHowFramesHaveToReachAVnic() {
    assertThat(guard.delivery(vnic("ip-nospoof"))).isEqualTo(Delivery.DIRECT);
    assertThat(guard.delivery(vnic(Set.of("slaac"), "ip-nospoof")))
        .isEqualTo(Delivery.CONTROL_BY_PORT);
    assertThat(guard.delivery(receiving("ra-guard"))).isEqualTo(Delivery.CONTROL_BY_PORT);
    assertThat(guard.delivery(receiving("dhcp-guard"))).isEqualTo(Delivery.CONTROL_BY_PORT);
    assertThat(guard.delivery(receiving("own-only"))).isEqualTo(Delivery.BY_PORT);
  }

  private static VnicSpec receiving(String word) {
    VnicSpec plain = vnic("ip-nospoof");
    ProtectionSpec spec = plain.protection();
    return new VnicSpec(
        plain.key(),
        plain.over(),
        plain.mac(),
        plain.mtu(),
        new ProtectionSpec(
            spec.modes(),
            spec.allowedIps(),
            spec.methods(),
            spec.clients(),
            spec.grants(),
            new ProtectionSpec.Reception(Set.of(word), List.of(), true)));
  }

  @Test
  void shouldDecideOnLargeFramesByTheirHead() {
    guard.admit(LOOPBACK, allowing("10.0.0.5"));
    byte[] big =
        Frames.own(
            Frames.IPV4,
            Frames.ipv4("10.0.0.5", "10.0.0.9", Frames.TCP, Frames.tcp(1, 2), new byte[3000]));

    assertThat(passes(big)).isTrue();
  }

  @Test
  void shouldDecideWithinAMicrosecond() {
    guard.admit(LOOPBACK, allowing("10.0.0.5"));

    TestInput input = TestInput.of(HONEST).ifindex(LOOPBACK).repeated(100_000);

    assertThat(guard.program().testRun(input).nanos()).isLessThan(1000);
  }
}
