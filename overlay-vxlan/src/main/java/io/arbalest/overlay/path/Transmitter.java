package io.arbalest.overlay.path;

import io.arbalest.linux.net.InternetChecksum;
import io.arbalest.overlay.DropReason;
import io.arbalest.overlay.FrameCount;
import io.arbalest.overlay.OverlayCounters;
import io.arbalest.overlay.VxlanCodec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the zones' frames to the VTEPs.
 *
 * <p>The caller reads a frame with its vnet header to {@link #slot} and calls {@link #accept}.
 * Small frames stay where they were read, so that a run of them is one send; the VXLAN header is
 * written over the end of the vnet header in front of them. When a socket is full, {@code accept}
 * or {@link #flush} returns false; once {@link #resume} has returned true the caller may read on.
 */
final class Transmitter {
  /** Room for the largest frame and its vnet header. */
  static final int SLOT = 68 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(Transmitter.class);
  private static final int MEMORY = 256 << 10;
  private static final int ALIGNMENT = 64;

  private final Outlet outlet;
  private final OverlayCounters counters;
  private final Batch[] batches;
  private final Segmenter segmenter;
  private final MemorySegment memory;

  private Peers peers;
  private long slot;
  private int blocked;
  private boolean complained;

  // The frame in hand: where it lies, and which peers have yet to get it.
  private long at;
  private int length;
  private boolean superFrame;
  private boolean segmenting;
  private int lane;
  private Peers to;
  private int next;
  private int end;

  Transmitter(Arena arena, Outlet outlet, Peers peers) {
    this.outlet = outlet;
    this.peers = peers;
    to = peers;
    counters = outlet.counters();
    batches =
        outlet.senders().stream().map(s -> new Batch(arena, s, counters)).toArray(Batch[]::new);
    segmenter = new Segmenter(arena);
    memory = arena.allocate(MEMORY, ALIGNMENT);
  }

  /** Where frames are read to. */
  MemorySegment memory() {
    return memory;
  }

  /** The offset in {@link #memory} of the next read, with room for {@link #SLOT} octets. */
  long slot() {
    return slot;
  }

  /** Uses another forwarding table from the next frame on. */
  void use(Peers successor) {
    peers = successor;
  }

  Peers peers() {
    return peers;
  }

  /** The index of the sender that was full. */
  int blockedOn() {
    return blocked;
  }

  /**
   * Takes the frame that was read to {@link #slot}.
   *
   * @param octets vnet header included
   * @return false if a socket is full
   */
  boolean accept(int octets) {
    at = slot + Vnet.HEADER;
    length = octets - Vnet.HEADER;
    next = 0;
    end = 0;
    int frames = prepare();
    return frames == 0 || (route(frames) && pump() && makeRoom());
  }

  /** Makes the frame fit for the wire; returns how many frames it is there, 0 if it was dropped. */
  private int prepare() {
    if (length < Ethernet.HEADER) {
      return refuse(DropReason.BAD_FRAME, 1);
    }
    int type = Wire.u8(memory, slot + Vnet.GSO_TYPE) & ~Vnet.GSO_ECN;
    superFrame = type != Vnet.GSO_NONE;
    if (!superFrame) {
      return finishChecksum() ? 1 : refuse(DropReason.BAD_FRAME, 1);
    }
    if (type != Vnet.GSO_TCPV4 && type != Vnet.GSO_TCPV6 && type != Vnet.GSO_UDP_L4) {
      return refuse(DropReason.UNKNOWN_OFFLOAD, 1);
    }
    int frames = segmenter.begin(memory, at, length);
    segmenting = true;
    return frames > 0 ? frames : refuse(DropReason.BAD_FRAME, 1);
  }

  private boolean finishChecksum() {
    if ((Wire.u8(memory, slot + Vnet.FLAGS) & Vnet.NEEDS_CSUM) == 0) {
      return true;
    }
    int start = Vnet.u16(memory, slot + Vnet.CSUM_START);
    int field = start + Vnet.u16(memory, slot + Vnet.CSUM_OFFSET);
    int place = TransportPlace.find(memory, at, length);
    boolean inside = start < length && field + Short.BYTES <= length;
    if (!inside || !TransportPlace.mayWriteAt(place, field)) {
      return false;
    }
    int checksum =
        InternetChecksum.finish(InternetChecksum.sum(memory, at + start, length - start));
    // All ones is the other zero; UDP takes plain zero for "no checksum".
    Wire.put16(memory, at + field, checksum == 0 ? 0xffff : checksum);
    return true;
  }

  private int refuse(DropReason reason, int frames) {
    counters.add(FrameCount.OUT_FRAMES, frames);
    counters.drop(reason, frames);
    return 0;
  }

  /** Chooses the peers; returns true even if there are none, because the frame is dealt with. */
  private boolean route(int frames) {
    to = peers;
    lane = FlowHash.of(memory, at, length) & (batches.length - 1);
    long destination = destination();
    if ((destination & Ethernet.GROUP_BIT) != 0) {
      routeGroup(frames);
    } else {
      routeTo(destination, frames);
    }
    return true;
  }

  private long destination() {
    return Wire.i64(memory, at + Ethernet.DESTINATION) >>> 16;
  }

  private void routeTo(long destination, int frames) {
    int target = to.table().target(destination);
    if (target >= 0) {
      send(target, target + 1, frames);
    } else {
      boolean local = target == ForwardingTable.LOCAL;
      refuse(local ? DropReason.LOCAL_DESTINATION : DropReason.UNKNOWN_DESTINATION, frames);
    }
  }

  private void routeGroup(int frames) {
    SlowPath.Verdict verdict = superFrame ? SlowPath.Verdict.REPLICATE : ask();
    switch (verdict) {
      case SlowPath.Verdict.Answer answer -> {
        outlet.answers().accept(answer.frame());
        answered(frames);
      }
      case SlowPath.Verdict.Local() -> answered(frames);
      case SlowPath.Verdict.Drop(DropReason reason) -> refuse(reason, frames);
      case SlowPath.Verdict.Replicate() -> replicate(frames);
      case SlowPath.Verdict.Forward forward -> substitute(forward.frame());
    }
  }

  private void answered(int frames) {
    counters.add(FrameCount.OUT_FRAMES, frames);
    counters.add(FrameCount.OUT_ANSWERED, frames);
  }

  private void substitute(byte[] frame) {
    if (frame.length < Ethernet.HEADER || frame.length > SLOT - Vnet.HEADER) {
      refuse(DropReason.BAD_FRAME, 1);
      return;
    }
    MemorySegment.copy(frame, 0, memory, ValueLayout.JAVA_BYTE, at, frame.length);
    length = frame.length;
    routeTo(destination(), 1);
  }

  private SlowPath.Verdict ask() {
    byte[] copy = memory.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    try {
      return outlet.slowPath().decide(copy);
    } catch (RuntimeException e) {
      if (!complained) {
        complained = true;
        LOG.error("the slow path of VNI {} failed; such frames are dropped", outlet.vni(), e);
      }
      return SlowPath.Verdict.DROP;
    }
  }

  private void replicate(int frames) {
    if (to.count() == 0) {
      refuse(DropReason.NO_VTEP, frames);
    } else {
      send(0, to.count(), frames);
    }
  }

  private void send(int from, int until, int frames) {
    counters.add(FrameCount.OUT_FRAMES, (long) frames * (until - from));
    next = from;
    end = until;
    if (!superFrame) {
      VxlanCodec.encode(memory, at - VxlanCodec.LENGTH, outlet.vni());
      slot = (at + length + ALIGNMENT - 1) & -ALIGNMENT;
    }
  }

  private boolean pump() {
    for (; next < end; next++) {
      Peer peer = to.peer(next);
      if (superFrame ? !segmentTo(peer) : !appendTo(peer)) {
        return false;
      }
    }
    return true;
  }

  private boolean appendTo(Peer peer) {
    Batch batch = batches[lane];
    int size = VxlanCodec.LENGTH + length;
    if (!batch.accepts(peer, size) && !flush(lane)) {
      return false;
    }
    batch.add(peer, memory.address() + at - VxlanCodec.LENGTH, size);
    return true;
  }

  private boolean segmentTo(Peer peer) {
    if (!segmenting) {
      segmenter.begin(memory, at, length);
      segmenting = true;
    }
    while (flush(lane)) {
      if (!segmenter.hasMore()) {
        segmenting = false;
        return true;
      }
      segmenter.fill(batches[lane], peer, outlet.vni());
    }
    return false;
  }

  private boolean makeRoom() {
    return slot + SLOT <= MEMORY || flush();
  }

  /** Goes on after a socket was full; false if one still is. */
  boolean resume() {
    return pump() && flush();
  }

  /** Sends all that is held; false if a socket is full. */
  boolean flush() {
    for (int i = 0; i < batches.length; i++) {
      if (!flush(i)) {
        return false;
      }
    }
    slot = 0;
    return true;
  }

  private boolean flush(int index) {
    blocked = index;
    return batches[index].flush();
  }
}
