package io.arbalest.overlay.path;

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
    Verdict DROP = new Drop();

    /** See {@link #REPLICATE}. */
    record Replicate() implements Verdict {}

    /** See {@link #DROP}. */
    record Drop() implements Verdict {}

    /** Send nothing; give the zones a frame instead. A class, because the frame is an array. */
    final class Answer implements Verdict {
      private final byte[] frame;

      /**
       * @param frame an Ethernet frame, checksums complete; not copied
       */
      public Answer(byte[] frame) {
        this.frame = frame;
      }

      /** The Ethernet frame for the zones. */
      public byte[] frame() {
        return frame;
      }
    }
  }
}
