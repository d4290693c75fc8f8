package io.arbalest.zone.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan failed and was undone, as far as it could be.
 *
 * <p>The cause is what the failing step threw. {@link #undoFailures()} names what is left behind.
 */
public final class PlanException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String step;
  private final transient List<UndoFailure> undoFailures;

  PlanException(String step, Throwable cause, List<UndoFailure> undoFailures) {
    super(text(step, cause, undoFailures), cause);
    this.step = step;
    this.undoFailures = List.copyOf(undoFailures);
  }

  /** The description of the step that failed. */
  public String step() {
    return step;
  }

  /** What could not be undone, in the order in which it was tried; empty when all was. */
  public List<UndoFailure> undoFailures() {
    return undoFailures;
  }

  private static String text(String step, Throwable cause, List<UndoFailure> left) {
    String failed = step + ": " + words(cause);
    if (left.isEmpty()) {
      return failed;
    }
    return failed
        + "; could not be undone: "
        + left.stream().map(UndoFailure::toString).collect(Collectors.joining(", "));
  }

  /** What a failure says; its type where it says nothing. */
  static String words(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
