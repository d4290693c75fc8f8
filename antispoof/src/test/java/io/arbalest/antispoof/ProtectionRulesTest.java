package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.Outcome;
import io.arbalest.antispoof.rules.ReferenceEvaluator;
import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.antispoof.rules.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProtectionRulesTest {
  private static final RuleModel SENT = ProtectionRules.model();
  private static final RuleModel RECEIVED = ReceptionRules.model();

  static List<DecisionTable.Row> rows() {
    return DecisionTable.rows();
  }

  static List<DecisionTable.Row> receptionRows() {
    return DecisionTable.receptionRows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldDecideAsTheTableSays(DecisionTable.Row row) {
    assertDecided(SENT, row);
  }

  @ParameterizedTest
  @MethodSource("receptionRows")
  void shouldDecideOnTheWayToTheZoneAsTheTableSays(DecisionTable.Row row) {
    assertDecided(RECEIVED, row);
  }

  private static void assertDecided(RuleModel model, DecisionTable.Row row) {
    Outcome outcome = new ReferenceEvaluator(model).observe(row.frame(), Optional.of(row.policy()));

    assertThat(row.agrees(outcome))
        .as("%s: %s, not %s %s", row, outcome, row.reason(), row.topics())
        .isTrue();
  }

  @Test
  void shouldDropEveryFrameOfPortWithoutPolicy() {
    assertThat(unknownPort(SENT))
        .isEqualTo(new Verdict.Dropped(Verdict.NO_POLICY_RULE, DropReason.NO_POLICY));
    assertThat(unknownPort(RECEIVED))
        .isEqualTo(new Verdict.Dropped(Verdict.NO_POLICY_RULE, DropReason.RX_NO_POLICY));
  }

  private static Verdict unknownPort(RuleModel model) {
    return new ReferenceEvaluator(model).evaluate(Frame.of(new byte[60]), Optional.empty());
  }

  /** So that a drop's counter says which way the frame was going. */
  @Test
  void shouldCountEachDirectionUnderItsOwnReasons() {
    assertThat(rows())
        .flatMap(row -> row.reason().stream().toList())
        .noneMatch(DropReason::atReceiver);
    assertThat(receptionRows())
        .flatMap(row -> row.reason().stream().toList())
        .allMatch(DropReason::atReceiver);
  }

  @Test
  void shouldNameEachRowOnce() {
    assertThat(rows().stream().map(DecisionTable.Row::name)).doesNotHaveDuplicates();
    assertThat(receptionRows().stream().map(DecisionTable.Row::name)).doesNotHaveDuplicates();
  }
}
