package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.ReferenceEvaluator;
import io.arbalest.antispoof.rules.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProtectionRulesTest {
  private static final ReferenceEvaluator REFERENCE =
      new ReferenceEvaluator(ProtectionRules.model());

  static List<DecisionTable.Row> rows() {
    return DecisionTable.rows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldDecideAsTheTableSays(DecisionTable.Row row) {
    Verdict verdict = REFERENCE.evaluate(row.frame(), Optional.of(row.policy()));

    assertThat(reason(verdict)).as("%s", verdict).isEqualTo(row.reason());
  }

  private static Optional<DropReason> reason(Verdict verdict) {
    return verdict instanceof Verdict.Dropped dropped
        ? Optional.of(dropped.reason())
        : Optional.empty();
  }

  @Test
  void shouldDropEveryFrameOfPortWithoutPolicy() {
    Verdict verdict = REFERENCE.evaluate(Frame.of(new byte[60]), Optional.empty());

    assertThat(verdict)
        .isEqualTo(new Verdict.Dropped(Verdict.NO_POLICY_RULE, DropReason.NO_POLICY));
  }

  @Test
  void shouldNameEachRowOnce() {
    assertThat(rows().stream().map(DecisionTable.Row::name)).doesNotHaveDuplicates();
  }
}
