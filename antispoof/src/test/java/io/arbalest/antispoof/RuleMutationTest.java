package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.ReferenceEvaluator;
import io.arbalest.antispoof.rules.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every single mistake in the rules makes some row of the decision table come out wrong. */
class RuleMutationTest {
  private static final List<DecisionTable.Row> ROWS = DecisionTable.rows();

  /** Changes that no frame could show, because the changed model means the same. */
  private static final List<String> EQUIVALENT =
      List.of(
          // Nothing is greater than all ones.
          "GE for source == 0xffffffff",
          "LT for destination != 0xffffffff",
          "GE for (source_high >> 56) == 255",
          "LT for u8[21] != 255",
          // The message type is one of 133 to 137 here, or one of 133 and 135.
          "GE for icmp == 137   @ if (icmp == 137 and not policy.grant_router)",
          "LT for icmp != 137",
          "GE for icmp == 135   @ if (u64[38] !=",
          // What is left of the steps would let a DHCP client's broadcast pass as well.
          "left out: pass    # ipv4.dhcp-discover",
          // Only zero matters.
          "2 for 1   @ extended = 1",
          "2 for 1   @ fragment = 1",
          "2 for 1   @ once = 1",
          // Ways to the same place that are quicker for most frames.
          "never version_ihl == 69",
          "68 for 69   @ if version_ihl == 69",
          "never extended == 0",
          "-1 for 0   @ if extended == 0",
          "always not next in {6, 17}",
          "never next in {6, 17}",
          "without 6 in next in {6, 17}",
          "without 17 in next in {6, 17}");

  @Test
  void shouldNoticeEveryMistake() {
    List<RuleMutants.Mutant> mutants = RuleMutants.of(ProtectionRules.model());

    List<String> survivors =
        mutants.stream()
            .filter(mutant -> survives(new ReferenceEvaluator(mutant.model())))
            .map(RuleMutants.Mutant::change)
            .toList();

    assertThat(mutants).hasSizeGreaterThan(500);
    assertThat(survivors)
        .allSatisfy(change -> assertThat(EQUIVALENT).anyMatch(change::startsWith))
        .hasSameSizeAs(EQUIVALENT);
  }

  private static boolean survives(ReferenceEvaluator mutant) {
    return ROWS.stream().allMatch(row -> decide(mutant, row).equals(row.reason()));
  }

  private static Optional<DropReason> decide(ReferenceEvaluator evaluator, DecisionTable.Row row) {
    Verdict verdict = evaluator.evaluate(row.frame(), Optional.of(row.policy()));
    return verdict instanceof Verdict.Dropped dropped
        ? Optional.of(dropped.reason())
        : Optional.empty();
  }
}
