package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.Outcome;
import io.arbalest.antispoof.rules.PolicyView;
import io.arbalest.antispoof.rules.ReferenceEvaluator;
import io.arbalest.antispoof.rules.Topic;
import io.arbalest.antispoof.rules.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of both models decides some frame, of the table and of the generator alike. */
class RuleCoverageTest {
  static List<RuleModels> models() {
    return RuleModels.all();
  }

  private static List<String> wanted(RuleModels of) {
    List<String> rules = new ArrayList<>(of.model().rules());
    rules.add(Verdict.TRUNCATED_RULE);
    return rules;
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldReachEveryRuleByTheTable(RuleModels of) {
    ReferenceEvaluator reference = new ReferenceEvaluator(of.model());
    Set<String> reached = new HashSet<>();
    for (DecisionTable.Row row : of.rows()) {
      reached.add(reference.evaluate(row.frame(), Optional.of(row.policy())).rule());
    }

    assertThat(reached).containsExactlyInAnyOrderElementsOf(wanted(of));
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldReachEveryRuleAndTopicByTheGenerator(RuleModels of) {
    ReferenceEvaluator reference = new ReferenceEvaluator(of.model());
    FrameGenerator generator = new FrameGenerator(1);
    Set<String> reached = new HashSet<>();
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    for (int i = 0; i < DifferentialRuns.frames(); i++) {
      PolicyView policy = policy(generator.policy());
      Outcome outcome = reference.observe(generator.next(), Optional.of(policy));
      reached.add(outcome.verdict().rule());
      topics.addAll(outcome.topics());
    }

    assertThat(reached).containsExactlyInAnyOrderElementsOf(wanted(of));
    assertThat(topics).containsExactlyInAnyOrder(Topic.values());
  }

  private static PolicyView policy(int number) {
    return new HostPolicy(FrameGenerator.policies().get(number), FrameGenerator.VTEPS);
  }

  /** A learner must never take for done what the frame's receivers never saw. */
  @ParameterizedTest
  @MethodSource("models")
  void shouldShowNoFrameThatIsDropped(RuleModels of) {
    ReferenceEvaluator reference = new ReferenceEvaluator(of.model());
    FrameGenerator generator = new FrameGenerator(2);
    for (int i = 0; i < DifferentialRuns.frames(); i++) {
      Frame frame = generator.next();
      Outcome outcome = reference.observe(frame, Optional.of(policy(generator.policy())));
      if (outcome.verdict() instanceof Verdict.Dropped) {
        assertThat(outcome.topics()).isEmpty();
      }
    }
  }

  @Test
  void shouldMakeTheSameFramesFromTheSameSeed() {
    FrameGenerator one = new FrameGenerator(7);
    FrameGenerator other = new FrameGenerator(7);
    for (int i = 0; i < 1000; i++) {
      assertThat(one.frame()).isEqualTo(other.frame());
      assertThat(one.policy()).isEqualTo(other.policy());
    }
  }
}
