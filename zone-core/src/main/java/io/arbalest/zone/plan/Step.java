package io.arbalest.zone.plan;

/**
 * One change with its inverse.
 *
 * <p>An action either happens as a whole or throws having changed nothing; the inverse is run only
 * after an action that returned, and must tolerate that what it removes is gone already.
 *
 * @param describe what the action does, as an operator would say it: {@code "create zone web"}
 * @param quiet whether it is housekeeping that nobody needs to hear of unless it fails
 */
public record Step(String describe, boolean quiet, Runnable action, Runnable inverse) {

  public Step(String describe, Runnable action, Runnable inverse) {
    this(describe, false, action, inverse);
  }

  /** A step that is not reported. */
  public static Step quiet(String describe, Runnable action, Runnable inverse) {
    return new Step(describe, true, action, inverse);
  }

  /** A step that leaves nothing behind to undo, such as waiting or checking. */
  public static Step check(String describe, Runnable action) {
    return new Step(describe, action, () -> {});
  }
}
