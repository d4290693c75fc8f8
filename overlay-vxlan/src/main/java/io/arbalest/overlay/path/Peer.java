package io.arbalest.overlay.path;

import io.arbalest.overlay.Vtep;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A VTEP that is sent to: its address for the kernel, and whether offload works on the way there.
 */
final class Peer {
  /** How long a refused offload stays off: routes and MTUs change. */
  private static final long RETRY_NANOS = 60_000_000_000L;

  private final Vtep vtep;
  private final MemorySegment address;
  private final boolean mayOffload;
  private boolean offload;
  private long givenUpAt;

  /**
   * @param arena must live as long as the peer may be in a batch
   */
  Peer(Arena arena, Vtep vtep, Way way) {
    this.vtep = vtep;
    mayOffload = way.offload();
    offload = mayOffload;
    this.address = SocketAddress.encode(arena, vtep.address(), way.family());
  }

  Vtep vtep() {
    return vtep;
  }

  MemorySegment address() {
    return address;
  }

  /** Whether UDP_SEGMENT may be tried. */
  boolean offload() {
    if (mayOffload && !offload && System.nanoTime() - givenUpAt > RETRY_NANOS) {
      offload = true;
    }
    return offload;
  }

  /** The kernel refused UDP_SEGMENT towards this VTEP. */
  void giveUpOffload() {
    offload = false;
    givenUpAt = System.nanoTime();
  }
}
