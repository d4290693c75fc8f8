package io.arbalest.zone.plan;

/**
 * A step that was done and could not be undone, so that what it made is still there.
 *
 * @param step the step's description
 * @param reason the words of the failure
 */
public record UndoFailure(String step, String reason) {
  @Override
  public String toString() {
    return step + " (" + reason + ")";
  }
}
