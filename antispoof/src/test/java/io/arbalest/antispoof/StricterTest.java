package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.PolicyView;
import io.arbalest.antispoof.rules.ReferenceEvaluator;
import io.arbalest.antispoof.rules.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The strict form is the stricter one: what it lets out, illumos would let out as well. */
class StricterTest {
  private static final ReferenceEvaluator REFERENCE =
      new ReferenceEvaluator(ProtectionRules.model());

  /**
   * Where illumos can not tell whether a packet is DHCP, and drops it: the strict form can, or will
   * see it in another fragment.
   */
  private static final Set<String> UNDECIDED =
      Set.of("compat.dhcpv4-udp-cut", "compat.dhcpv6-udp-cut", "compat.dhcpv6-header-cut");

  /** Where illumos reads options in what follows a packet, which is padding by its own length. */
  private static final Set<String> OF_PADDING =
      Set.of(
          "compat.nd-option-length",
          "compat.nd-link-address",
          "compat.nd-option-limit",
          "compat.dhcpv4-client-id",
          "compat.dhcpv4-client-id-cut",
          "compat.dhcpv6-client-id");

  private static final List<PortPolicy> STRICT =
      List.of(
          DecisionTable.STATIC,
          DecisionTable.DYNAMIC,
          DecisionTable.MAC_ONLY,
          DecisionTable.IP_ONLY,
          Policies.fixed().modes("dhcp-nospoof").listedClients().policy(),
          Policies.dynamic().learned("10.0.0.77", "fd00::77").listedClients().policy(),
          Policies.fixed().methods("dhcpv4", "addrconf").anyClient().policy());

  @Test
  void shouldDropWhateverIllumosDrops() {
    FrameGenerator generator = new FrameGenerator(3);
    for (int i = 0; i < DifferentialRuns.frames(); i++) {
      PortPolicy strict = STRICT.get(i % STRICT.size());
      Frame frame = generator.next();
      Verdict verdict = judge(frame, strict);
      if (verdict instanceof Verdict.Passed) {
        Verdict illumos = judge(frame, compat(strict));
        boolean passes =
            illumos instanceof Verdict.Passed
                || UNDECIDED.contains(illumos.rule())
                || (OF_PADDING.contains(illumos.rule()) && isPadded(frame));
        assertThat(passes).as("%s, but %s: %s", verdict, illumos, strict).isTrue();
      }
    }
  }

  private static PortPolicy compat(PortPolicy strict) {
    return strict.with(new Protection(strict.protection().modes(), true));
  }

  private static Verdict judge(Frame frame, PolicyView policy) {
    return REFERENCE.evaluate(frame, Optional.of(new HostPolicy(policy, Policies.VTEPS)));
  }

  /** Whether the frame goes on behind the packet. */
  private static boolean isPadded(Frame frame) {
    byte[] bytes = frame.bytes();
    int end = u16(bytes, 12) == Frames.IPV4 ? 14 + u16(bytes, 16) : 54 + u16(bytes, 18);
    return end < bytes.length;
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
