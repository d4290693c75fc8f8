package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.DropReason;
import java.util.Optional;

/**
 * What the program that is in force makes of a frame.
 *
 * @param drop why it would drop the frame; empty if the frame would pass
 */
public record Rehearsal(Optional<DropReason> drop) {
  public boolean passes() {
    return drop.isEmpty();
  }
}
