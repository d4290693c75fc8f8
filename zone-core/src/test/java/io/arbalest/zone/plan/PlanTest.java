package io.arbalest.zone.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private final List<String> happened = new ArrayList<>();

  private Step step(String name) {
    return new Step("make " + name, () -> happened.add(name), () -> happened.add("-" + name));
  }

  private static Step failing(String name, String words) {
    return new Step(
        "make " + name,
        () -> {
          throw new IllegalStateException(words);
        },
        () -> {
          throw new AssertionError("the inverse of a step that failed must not run");
        });
  }

  @Test
  void shouldApplyStepsInOrderAndReportEach() {
    List<String> reported = new ArrayList<>();
    new Plan().add(step("a")).add(step("b")).apply(reported::add);
    assertThat(happened).containsExactly("a", "b");
    assertThat(reported).containsExactly("make a", "make b");
  }

  @Test
  void shouldUndoFinishedStepsInReverseWhenOneFails() {
    Plan plan =
        new Plan().add(step("a")).add(step("b")).add(failing("c", "no room")).add(step("d"));
    PlanException failure =
        catchThrowableOfType(PlanException.class, () -> plan.apply(Progress.NONE));
    assertThat(happened).containsExactly("a", "b", "-b", "-a");
    assertThat(failure)
        .hasMessage("make c: no room")
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(failure.step()).isEqualTo("make c");
    assertThat(failure.undoFailures()).isEmpty();
  }

  @Test
  void shouldGoOnUndoingAndNameWhatCouldNotBeUndone() {
    Step stubborn =
        new Step(
            "make b",
            () -> happened.add("b"),
            () -> {
              throw new IllegalStateException("busy");
            });
    Plan plan = new Plan().add(step("a")).add(stubborn).add(failing("c", "no room"));
    PlanException failure =
        catchThrowableOfType(PlanException.class, () -> plan.apply(Progress.NONE));
    assertThat(happened).containsExactly("a", "b", "-a");
    assertThat(failure).hasMessage("make c: no room; could not be undone: make b (busy)");
    assertThat(failure.undoFailures()).containsExactly(new UndoFailure("make b", "busy"));
  }

  @Test
  void shouldUndoAfterAnErrorToo() {
    Plan plan =
        new Plan()
            .add(step("a"))
            .add(
                Step.check(
                    "make b",
                    () -> {
                      throw new StackOverflowError();
                    }));
    assertThatThrownBy(() -> plan.apply(Progress.NONE)).hasMessage("make b: StackOverflowError");
    assertThat(happened).containsExactly("a", "-a");
  }

  @Test
  void shouldJoinPlansAndKeepQuietAboutHousekeeping() {
    List<String> reported = new ArrayList<>();
    Step quiet = Step.quiet("store b", () -> happened.add("b"), () -> happened.add("-b"));
    Plan plan =
        new Plan().addAll(new Plan().add(step("a"))).add(quiet).add(failing("c", "no room"));
    assertThat(plan.steps())
        .extracting(Step::describe)
        .containsExactly("make a", "store b", "make c");
    assertThatThrownBy(() -> plan.apply(reported::add)).hasMessage("make c: no room");
    assertThat(happened).containsExactly("a", "b", "-b", "-a");
    assertThat(reported).containsExactly("make a", "make c", "undo: make a");
    assertThat(plan.isEmpty()).isFalse();
    assertThat(new Plan().isEmpty()).isTrue();
  }
}
