package io.arbalest.overlay.path;

import io.arbalest.overlay.DropReason;
import io.arbalest.overlay.FrameCount;
import io.arbalest.overlay.OverlayCounters;
import io.arbalest.overlay.VxlanCodec;
import java.lang.foreign.MemorySegment;

/** Checks the datagrams that came for one overlay, and hands the good ones to the zones. */
final class Receiver {
  private final OverlayCounters counters;
  private final Coalescer coalescer;
  private final boolean ignoreReservedBits;

  private ForwardingTable table;
  private long sourceHigh;
  private long sourceLow;
  private int sourceHost;

  Receiver(Coalescer coalescer, OverlayCounters counters, boolean ignoreReservedBits) {
    this.coalescer = coalescer;
    this.counters = counters;
    this.ignoreReservedBits = ignoreReservedBits;
    table = ForwardingTable.NOTHING;
    sourceHost = ForwardingTable.NOWHERE;
  }

  /** Uses another forwarding table from the next datagram on. */
  void use(ForwardingTable successor) {
    table = successor;
    sourceHost = table.host(sourceHigh, sourceLow);
  }

  /** Says from which underlay address the next datagrams came. */
  void from(long high, long low) {
    if (high != sourceHigh || low != sourceLow) {
      sourceHigh = high;
      sourceLow = low;
      sourceHost = table.host(high, low);
    }
  }

  /**
   * Takes a datagram with this overlay's VNI and the I flag.
   *
   * @param length at least that of a VXLAN and an Ethernet header
   */
  void accept(MemorySegment memory, long at, int length) {
    counters.add(FrameCount.IN_FRAMES, 1);
    long frame = at + VxlanCodec.LENGTH;
    if (!ignoreReservedBits && VxlanCodec.hasReservedBits(memory, at)) {
      counters.drop(DropReason.RESERVED_BITS, 1);
    } else if (sourceHost == ForwardingTable.NOWHERE) {
      counters.drop(DropReason.WRONG_OUTER_SOURCE, 1);
    } else if (!maySend(Wire.i64(memory, frame + Ethernet.SOURCE) >>> 16)) {
      counters.drop(DropReason.WRONG_INNER_SOURCE, 1);
    } else {
      coalescer.offer(memory, frame, length - VxlanCodec.LENGTH);
    }
  }

  private boolean maySend(long mac) {
    return mac != 0 && (mac & Ethernet.GROUP_BIT) == 0 && table.mayCome(mac, sourceHost);
  }

  boolean isEmpty() {
    return coalescer.isEmpty();
  }

  /** Writes what waits for frames that may follow. */
  void flush() {
    coalescer.flush();
  }
}
