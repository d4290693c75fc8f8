package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.testing.Privileged;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each map call of each change fails once, or it and all after it do, as if the daemon had been
 * killed there. Afterwards the policy is the old one or the new one, and nothing is left over.
 */
@Privileged
class GuardFaultTest {
  private static final int PORT = 1;
  private static final int OTHER_PORT = 1_000_000;
  private static final InetAddress LEARNED = IpLiteral.parse("10.0.0.6");
  private static final PortPolicy OLD =
      PolicyTableKernelTest.full(
          new Networks(
              PolicyTableKernelTest.prefixes("10.0.0.5", "fd00::5"),
              Set.of(),
              List.of(),
              List.of()));
  private static final PortPolicy NEW =
      PolicyTableKernelTest.full(
          new Networks(
              PolicyTableKernelTest.prefixes("10.1.0.0/16"), Set.of(), List.of(), List.of()));
  private static final PortPolicy OLD_LEARNED =
      PolicyTableKernelTest.full(
          new Networks(OLD.allowed(), Set.of(LEARNED), List.of(), List.of()));

  @TempDir private Path directory;
  private Bpffs pins;
  private Guard guard;

  @BeforeEach
  void open() {
    pins = Bpffs.mount(directory.resolve("bpf"));
    guard = Guard.open(pins);
    guard.admit(OTHER_PORT, NEW);
  }

  @AfterEach
  void close() {
    guard.close();
    pins.unmount();
  }

  private void setUp(List<PortPolicy> before) {
    guard.forget(PORT);
    before.forEach(policy -> guard.admit(PORT, policy));
  }

  private static Map<Integer, PolicyContents> with(List<PortPolicy> policy) {
    return policy.isEmpty()
        ? Map.of(OTHER_PORT, PolicyContents.of(NEW))
        : Map.of(OTHER_PORT, PolicyContents.of(NEW), PORT, PolicyContents.of(policy.getFirst()));
  }

  private int calls(List<PortPolicy> before, Consumer<Guard> change) {
    setUp(before);
    try (Failpoint.Armed counting = Failpoint.arm("0:kill")) {
      change.accept(guard);
      return counting.hits().size();
    }
  }

  private void shouldBeWholeAfterEachFault(
      String fault, List<PortPolicy> before, List<PortPolicy> after, Consumer<Guard> change) {
    int calls = calls(before, change);
    assertThat(calls).isPositive();
    assertThat(PinnedState.of(pins).isExactly(with(after))).isTrue();
    for (int call = 1; call <= calls; call++) {
      setUp(before);
      try (Failpoint.Armed _ = Failpoint.arm(call + fault)) {
        assertThatThrownBy(() -> change.accept(guard)).isInstanceOf(KernelException.class);
      }
      guard.close();
      guard = Guard.open(pins);
      PinnedState state = PinnedState.of(pins);
      assertThat(state.isExactly(with(before)) || state.isExactly(with(after)))
          .as("call %d of %d: %s", call, calls, state)
          .isTrue();
      assertThat(state.metersMatch()).as("call %d of %d: %s", call, calls, state).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {":EIO", ":stop"})
  void shouldInstallWholeOrNotAtAll(String fault) {
    shouldBeWholeAfterEachFault(fault, List.of(), List.of(NEW), g -> g.admit(PORT, NEW));
  }

  @ParameterizedTest
  @ValueSource(strings = {":EIO", ":stop"})
  void shouldReplaceWholeOrNotAtAll(String fault) {
    shouldBeWholeAfterEachFault(fault, List.of(OLD), List.of(NEW), g -> g.admit(PORT, NEW));
  }

  @ParameterizedTest
  @ValueSource(strings = {":EIO", ":stop"})
  void shouldRemoveWholeOrNotAtAll(String fault) {
    shouldBeWholeAfterEachFault(fault, List.of(OLD), List.of(), g -> g.forget(PORT));
  }

  @ParameterizedTest
  @ValueSource(strings = {":EIO", ":stop"})
  void shouldAllowAndWithdrawInOneStep(String fault) {
    shouldBeWholeAfterEachFault(
        fault, List.of(OLD), List.of(OLD_LEARNED), g -> g.allow(PORT, LEARNED));
    shouldBeWholeAfterEachFault(
        fault, List.of(OLD_LEARNED), List.of(OLD), g -> g.withdraw(PORT, LEARNED));
  }

  @Test
  void shouldRemoveLeftoversWithTheNextChangeToo() {
    int calls = calls(List.of(OLD), g -> g.admit(PORT, NEW));
    setUp(List.of(OLD));
    try (Failpoint.Armed _ = Failpoint.arm(calls + ":EIO")) {
      assertThatThrownBy(() -> guard.admit(PORT, NEW)).isInstanceOf(KernelException.class);
    }
    assertThat(PinnedState.of(pins).isExactly(with(List.of(NEW)))).isFalse();

    guard.admit(PORT, NEW);

    assertThat(PinnedState.of(pins).isExactly(with(List.of(NEW)))).isTrue();
  }

  /** In between, any VTEP that is in both sets is in the table, and its port within the span. */
  @Test
  void shouldGuardVtepsThroughoutAChange() {
    InetSocketAddress stays = new InetSocketAddress("192.0.2.1", 4789);
    Set<InetSocketAddress> before = Set.of(stays, new InetSocketAddress("192.0.2.2", 9000));
    Set<InetSocketAddress> after = Set.of(stays, new InetSocketAddress("2001:db8::1", 1000));
    int calls;
    guard.setVteps(before);
    try (Failpoint.Armed counting = Failpoint.arm("0:kill")) {
      guard.setVteps(after);
      calls = counting.hits().size();
    }
    assertThat(calls).isEqualTo(4);
    guard.admit(PORT, OLD);
    assertThat(reaches(stays)).isFalse();
    for (int call = 1; call <= calls; call++) {
      guard.setVteps(before);
      try (Failpoint.Armed _ = Failpoint.arm(call + ":stop")) {
        assertThatThrownBy(() -> guard.setVteps(after)).isInstanceOf(KernelException.class);
      }
      assertThat(reaches(stays)).as("call %d", call).isFalse();
      guard.setVteps(after);
      assertThat(reaches(stays)).isFalse();
      assertThat(reaches(new InetSocketAddress("192.0.2.2", 9000))).isTrue();
    }
    guard.setVteps(Set.of());
    assertThat(reaches(stays)).isTrue();
  }

  private boolean reaches(InetSocketAddress to) {
    byte[] packet =
        Frames.ipv4(
            "10.0.0.5",
            to.getAddress().getHostAddress(),
            Frames.UDP,
            Frames.udp(5000, to.getPort()));
    byte[] frame = Frames.own(Frames.IPV4, packet);
    return guard.rehearse(PORT, Direction.FROM_ZONE, frame).passes();
  }

  @Test
  void shouldRefuseAVtepWithoutAddress() {
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere", 4789);

    assertThatThrownBy(() -> guard.setVteps(Set.of(nowhere)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("VTEP 'nowhere");
  }
}
