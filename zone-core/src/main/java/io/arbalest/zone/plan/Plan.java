package io.arbalest.zone.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A change in steps that happens as a whole or, as far as the kernel lets us, not at all.
 *
 * <p>A plan is built and applied by one thread, once.
 */
public final class Plan {
  private final List<Step> steps = new ArrayList<>();

  /** Adds a step at the end. */
  public Plan add(Step step) {
    steps.add(step);
    return this;
  }

  /** Adds a step at the end. */
  public Plan add(String describe, Runnable action, Runnable inverse) {
    return add(new Step(describe, action, inverse));
  }

  /** Adds the steps of another plan at the end. */
  public Plan addAll(Plan other) {
    steps.addAll(other.steps);
    return this;
  }

  public List<Step> steps() {
    return List.copyOf(steps);
  }

  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /**
   * Applies the steps in order.
   *
   * @param progress hears the description of each step before it runs, and of each undo, except the
   *     quiet ones
   * @throws PlanException when a step fails, after the finished ones were undone in reverse
   */
  public void apply(Progress progress) {
    Deque<Step> done = new ArrayDeque<>();
    for (Step step : steps) {
      report(progress, step, "");
      try {
        step.action().run();
      } catch (RuntimeException | Error failure) {
        throw new PlanException(step.describe(), failure, undo(done, failure, progress));
      }
      done.push(step);
    }
  }

  private static void report(Progress progress, Step step, String prefix) {
    if (!step.quiet()) {
      progress.report(prefix + step.describe());
    }
  }

  private static List<UndoFailure> undo(Deque<Step> done, Throwable failure, Progress progress) {
    List<UndoFailure> left = new ArrayList<>();
    for (Step step : done) {
      try {
        report(progress, step, "undo: ");
        step.inverse().run();
      } catch (RuntimeException | Error undoFailure) {
        left.add(new UndoFailure(step.describe(), PlanException.words(undoFailure)));
        failure.addSuppressed(undoFailure);
      }
    }
    return left;
  }
}
