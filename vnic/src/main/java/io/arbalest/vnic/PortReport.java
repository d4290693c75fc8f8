package io.arbalest.vnic;

import java.util.Optional;

/**
 * What somebody from outside did to a port of ours, and what became of it.
 *
 * @param vnic the VNIC whose port it is; empty for an uplink, and for the watch itself
 * @param outcome what is left to do
 * @param text a sentence for an operator: what was found, and what was done
 */
public record PortReport(Optional<VnicKey> vnic, Outcome outcome, String text) {
  /** What is left to do. */
  public enum Outcome {
    /** Nothing: the port is as it was. */
    REPAIRED,
    /** The port is not there any more; its VNIC has to be made again. */
    LOST,
    /** The port could not be repaired, and is down, so that nothing passes unguarded. */
    BROKEN
  }

  /** The VNIC that has to be made again, if one has. */
  Optional<VnicKey> lost() {
    return outcome == Outcome.LOST ? vnic : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
