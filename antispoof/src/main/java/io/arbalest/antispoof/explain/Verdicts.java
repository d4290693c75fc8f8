package io.arbalest.antispoof.explain;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Verdict;
import java.util.Optional;

/** The one form in which verdicts of the model and of the program can be compared and shown. */
public final class Verdicts {
  private Verdicts() {}

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
}
