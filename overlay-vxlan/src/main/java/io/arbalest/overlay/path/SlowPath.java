package io.arbalest.overlay.path;

import io.arbalest.overlay.DropReason;

/**
 * Decides about the group frames of an overlay (broadcast and multicast, so ARP requests and
 * neighbour solicitations too) that a zone sent.
 */
@FunctionalInterface
public interface SlowPath {
  /** Copies every group frame to every VTEP. */
  SlowPath REPLICATE_ALL = frame -> Verdict.REPLICATE;

  /**
   * Looks at one frame. Called on the packet loop's thread, so it must neither block nor throw; an
   * exception is taken for {@link Verdict.Drop}.
   *
   * @param frame a copy of the Ethernet frame, checksums complete; the callee may keep it
   */
  Verdict decide(byte[] frame);

  /** What becomes of the frame. */
  sealed interface Verdict {
    /** Send a copy to each VTEP of the overlay. */
    Verdict REPLICATE = new Replicate();

    /** Nobody gets it; counted as refused by the directory. */
    Verdict DROP = new Drop(DropReason.REFUSED_BY_DIRECTORY);

    /** See {@link Local}. */
    Verdict LOCAL = new Local();

    /** See {@link #REPLICATE}. */
    record Replicate() implements Verdict {}

    /**
     * Nobody gets it.
     *
     * @param reason what it is counted as
     */
    record Drop(DropReason reason) implements Verdict {}

    /** Send nothing, because a zone of this host answers it; counted as answered. */
    record Local() implements Verdict {}

    /**
     * Send nothing; give the zones this frame instead.
     *
     * @param frame an Ethernet frame, checksums complete; not copied
     */
    record Answer(byte[] frame) implements Verdict {}

    /**
     * Send this frame in place of the one that was looked at, to the VTEP that has its destination.
     *
     * @param frame an Ethernet frame with a unicast destination, checksums complete; not copied
     */
    record Forward(byte[] frame) implements Verdict {}
  }
}
