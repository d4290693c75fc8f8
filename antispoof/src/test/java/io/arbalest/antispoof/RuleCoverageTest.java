package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.ReferenceEvaluator;
import io.arbalest.antispoof.rules.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every rule of the model decides some frame, of the table and of the generator alike. */
class RuleCoverageTest {
  private static final ReferenceEvaluator REFERENCE =
      new ReferenceEvaluator(ProtectionRules.model());

  /** Rules that no frame from the network reaches; a test of its own does. */
  private static final Set<String> BY_CONTEXT = Set.of("link.tag-stripped");

  private static List<String> wanted() {
    List<String> rules = new ArrayList<>(ProtectionRules.model().rules());
    rules.removeAll(BY_CONTEXT);
    rules.add(Verdict.TRUNCATED_RULE);
    return rules;
  }

  @Test
  void shouldReachEveryRuleByTheTable() {
    Set<String> reached = new HashSet<>();
    for (DecisionTable.Row row : DecisionTable.rows()) {
      reached.add(REFERENCE.evaluate(Frame.of(row.frame()), Optional.of(row.policy())).rule());
    }

    assertThat(reached).containsExactlyInAnyOrderElementsOf(wanted());
  }

  @Test
  void shouldReachEveryRuleByTheGenerator() {
    FrameGenerator generator = new FrameGenerator(1);
    Set<String> reached = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      PortPolicy policy = FrameGenerator.policies().get(generator.policy());
      reached.add(REFERENCE.evaluate(Frame.of(generator.frame()), Optional.of(policy)).rule());
    }

    assertThat(reached).containsExactlyInAnyOrderElementsOf(wanted());
  }
}
