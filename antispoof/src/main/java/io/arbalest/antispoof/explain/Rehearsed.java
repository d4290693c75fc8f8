package io.arbalest.antispoof.explain;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Verdict;
import java.util.Optional;

/**
 * What the running program said of a frame that nobody sent.
 *
 * @param reason why it would drop it; empty if it would let it pass
 */
public record Rehearsed(Optional<DropReason> reason) {
  /** It would let the frame pass. */
  public static final Rehearsed PASSED = new Rehearsed(Optional.empty());

  /** Whether the rule model says the same. */
  public boolean agrees(Verdict verdict) {
    return reason.equals(reason(verdict));
  }

  /** Why a verdict drops; empty if it passes. */
  public static Optional<DropReason> reason(Verdict verdict) {
    return verdict instanceof Verdict.Dropped dropped
        ? Optional.of(dropped.reason())
        : Optional.empty();
  }

  /** {@code pass}, or the reason's label. */
  public static String label(Optional<DropReason> reason) {
    return reason.map(DropReason::label).orElse("pass");
  }

  @Override
  public String toString() {
    return label(reason);
  }
}
