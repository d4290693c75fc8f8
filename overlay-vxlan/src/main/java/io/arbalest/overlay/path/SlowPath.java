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

    /** Another frame instead; a class, because the frame is an array. */
    abstract sealed class Substitute implements Verdict permits Answer, Forward {
      private final byte[] frame;

      private Substitute(byte[] frame) {
        this.frame = frame;
      }

      /** An Ethernet frame, checksums complete. */
      public byte[] frame() {
        return frame;
      }
    }

    /** Send nothing; give the zones this frame instead. */
    final class Answer extends Substitute {
      /**
       * @param frame not copied
       */
      public Answer(byte[] frame) {
        super(frame);
      }
    }

    /**
     * Send this frame in place of the one that was looked at, to where the directory places its
     * destination, which is one station.
     */
    final class Forward extends Substitute {
      /**
       * @param frame not copied
       */
      public Forward(byte[] frame) {
        super(frame);
      }
    }
  }
}
