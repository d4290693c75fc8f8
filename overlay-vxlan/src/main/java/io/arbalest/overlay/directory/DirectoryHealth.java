package io.arbalest.overlay.directory;

import java.util.Optional;

/**
 * Whether a directory can do its work, as {@code dladm show-overlay -f} tells it.
 *
 * @param fault one sentence for the operator; empty when all is well
 */
public record DirectoryHealth(Optional<String> fault) {
  /** All is well. */
  public static final DirectoryHealth ONLINE = new DirectoryHealth(Optional.empty());

  /** Something is wrong; what was known before still holds. */
  public static DirectoryHealth degraded(String sentence) {
    return new DirectoryHealth(Optional.of(sentence));
  }

  public boolean isOnline() {
    return fault.isEmpty();
  }

  /** {@code ONLINE} or {@code DEGRADED}. */
  public String status() {
    return isOnline() ? "ONLINE" : "DEGRADED";
  }
}
