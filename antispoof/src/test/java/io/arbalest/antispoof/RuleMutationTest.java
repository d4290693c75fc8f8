package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.ReferenceEvaluator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every single mistake in the rules makes some row of the decision table come out wrong. */
class RuleMutationTest {
  static List<RuleModels> models() {
    return RuleModels.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldNoticeEveryMistake(RuleModels of) {
    List<RuleMutants.Mutant> mutants = RuleMutants.of(of.model());

    List<String> survivors =
        mutants.parallelStream()
            .filter(mutant -> survives(new ReferenceEvaluator(mutant.model()), of.rows()))
            .map(RuleMutants.Mutant::change)
            .toList();
    survivors.forEach(System.err::println);

    assertThat(mutants).hasSizeGreaterThan(300);
    assertThat(survivors).isEmpty();
  }

  private static boolean survives(ReferenceEvaluator mutant, List<DecisionTable.Row> rows) {
    return rows.stream()
        .allMatch(row -> row.agrees(mutant.observe(row.frame(), Optional.of(row.policy()))));
  }
}
