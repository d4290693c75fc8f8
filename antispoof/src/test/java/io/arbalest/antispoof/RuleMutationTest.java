package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.ReferenceEvaluator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every single mistake in the rules makes some row of the decision table come out wrong. */
class RuleMutationTest {
  /** Beginnings of changes that no frame could show, because the changed model means the same. */
  private static final List<String> EQUIVALENT =
      List.of(
          // Nothing is greater than all ones, or than what stands for no header.
          "GE for source == 0xffffffff",
          "LT for destination != 0xffffffff",
          "GE for (source_high >> 56) == 255",
          "LT for u8[21] != 255",
          "LT for u8[option] != 255",
          "GE for next == 0x100",
          // The message type is one of 133 to 137 here, or one of 133 and 135.
          "GE for icmp == 137",
          "LT for icmp != 137",
          "GE for icmp == 135   @ if (u64[38] !=",
          "GE for icmp == 135   @ if ((source_high | source_low) == 0 and icmp == 135 and",
          // The option is none that is greater.
          "GE for kind == 61   @ if (kind == 61 and",
          // The fragment's offset is zero here.
          "8193 for 8192   @ (u16[20] & 0x2000)",
          // Only zero matters, and of the options seen not that of number 0, which is padding.
          "2 for 1   @ extended = 1",
          "2 for 1   @ fragment = 1",
          "2 for 1   @ (u16[(at + 2)] | 1)",
          "2 for 1   @ once = 1",
          "2 for 1   @ seen = 1",
          "1 for 0   @ seen = 0",
          // Ways to the same place that are quicker for most frames.
          "never version_ihl == 69",
          "68 for 69   @ if version_ihl == 69",
          "never extended == 0",
          "-1 for 0   @ if extended == 0",
          "always not next in {6, 17}",
          "never next in {6, 17}",
          "without 6 in next in {6, 17}",
          "without 17 in next in {6, 17}",
          "always (to_port >= policy.vtep_first_port",
          "always to_port >= policy.vtep_first_port",
          "always to_port <= policy.vtep_last_port",
          // What is left of the steps lets it pass as well, under a name that says less.
          "left out: pass    # dhcpv4",
          "left out: pass    # dhcpv6",
          "left out: pass    # compat.dhcpv4",
          "left out: pass    # compat.dhcpv6",
          "left out: pass    # compat.ipv6-header-cut",
          "left out: pass    # compat.ipv6-udp-cut");

  static List<RuleModels> models() {
    return RuleModels.all();
  }

  @Test
  void shouldNoticeEveryMistake() {
    List<String> survivors = models().stream().flatMap(of -> survivors(of).stream()).toList();

    assertThat(survivors).allSatisfy(change -> assertThat(EQUIVALENT).anyMatch(change::startsWith));
    assertThat(EQUIVALENT)
        .allSatisfy(beginning -> assertThat(survivors).anyMatch(s -> s.startsWith(beginning)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldThinkOfManyMistakes(RuleModels of) {
    assertThat(RuleMutants.of(of.model())).hasSizeGreaterThan(300);
  }

  private static List<String> survivors(RuleModels of) {
    return RuleMutants.of(of.model()).parallelStream()
        .filter(mutant -> survives(new ReferenceEvaluator(mutant.model()), of.rows()))
        .map(RuleMutants.Mutant::change)
        .toList();
  }

  private static boolean survives(ReferenceEvaluator mutant, List<DecisionTable.Row> rows) {
    return rows.stream()
        .allMatch(row -> row.agrees(mutant.observe(row.frame(), Optional.of(row.policy()))));
  }
}
