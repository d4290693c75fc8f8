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

  private static List<String> wanted() {
    List<String> rules = new ArrayList<>(ProtectionRules.model().rules());
    rules.add(Verdict.TRUNCATED_RULE);
    return rules;
  }

  @Test
  void shouldReachEveryRuleByTheTable() {
    Set<String> reached = new HashSet<>();
    for (DecisionTable.Row row : DecisionTable.rows()) {
      reached.add(REFERENCE.evaluate(row.frame(), Optional.of(row.policy())).rule());
    }

    assertThat(reached).containsExactlyInAnyOrderElementsOf(wanted());
  }

  @Test
  void shouldReachEveryRuleByTheGenerator() {
    FrameGenerator generator = new FrameGenerator(1);
    List<String> wanted = new ArrayList<>(wanted());
    // The generator makes bytes; whether the kernel took a tag off before is not among them.
    wanted.remove("link.tag-stripped");
    Set<String> reached = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      PortPolicy policy = FrameGenerator.policies().get(generator.policy());
      reached.add(REFERENCE.evaluate(Frame.of(generator.frame()), Optional.of(policy)).rule());
    }

    assertThat(reached).containsExactlyInAnyOrderElementsOf(wanted);
  }
}
