package io.arbalest.zone.plan;

/**
 * One change with its inverse.
 *
 * <p>An action either happens as a whole or throws having changed nothing; the inverse is run only
 * after an action that returned, and must tolerate that what it removes is gone already.
 *
 * @param describe what the action does, as an operator would say it: {@code "create zone web"}
 */
public record Step(String describe, Runnable action, Runnable inverse) {

  /** A step that leaves nothing behind to undo, such as waiting or checking. */
  public static Step check(String describe, Runnable action) {
    return new Step(describe, action, () -> {});
  }

  /** The opposite of this step: its inverse undone by its action. */
  public Step inverted(String describeInverse) {
    return new Step(describeInverse, /* action= */ inverse, /* inverse= */ action);
  }
}
