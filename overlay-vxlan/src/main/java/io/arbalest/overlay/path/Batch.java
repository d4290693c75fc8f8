package io.arbalest.overlay.path;

import io.arbalest.overlay.DropReason;
import io.arbalest.overlay.FrameCount;
import io.arbalest.overlay.OverlayCounters;
import io.arbalest.overlay.VxlanCodec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams of one size for one VTEP, through one socket, in one UDP_SEGMENT send; the last may be
 * shorter.
 *
 * <p>A datagram is one piece (VXLAN header and frame lie together) or two (a fresh header and the
 * payload where it was read); one batch has only one kind. When the kernel refuses the offload, the
 * datagrams are sent one by one and the VTEP is remembered. Pieces must stay in place until {@link
 * #flush} has returned true.
 */
final class Batch {
  /** Octets for the fresh header of a datagram. */
  static final int HEADER_STRIDE = 256;

  private final DatagramSender sender;
  private final OverlayCounters counters;
  private final SendMessage message;
  private final IoVectors vectors;
  private final MemorySegment headers;

  private @Nullable Peer peer;
  private int pieces;
  private int size;
  private int count;
  private int sent;
  private int octets;
  private int lastSize;

  Batch(Arena arena, DatagramSender sender, OverlayCounters counters) {
    this.sender = sender;
    this.counters = counters;
    message = new SendMessage(arena);
    vectors = new IoVectors(arena, 2 * UdpOptions.MAX_SEGMENTS);
    headers = arena.allocate((long) HEADER_STRIDE * UdpOptions.MAX_SEGMENTS, HEADER_STRIDE);
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Whether a datagram of one piece may join what is here. */
  boolean accepts(Peer to, int length) {
    return count == 0
        || (peer == to && pieces == 1 && length <= size && lastSize == size && hasRoom(length));
  }

  /** Whether another datagram fits the limits of one send. */
  boolean hasRoom(int length) {
    return count < UdpOptions.MAX_SEGMENTS && octets + length <= UdpOptions.MAX_PAYLOAD;
  }

  /** Starts an empty batch of datagrams with fresh headers, of at most {@code length} octets. */
  void begin(Peer to, int length) {
    peer = to;
    pieces = 2;
    size = length;
    message.to(to.address());
  }

  /** Adds a datagram that lies in one piece; {@link #accepts} must have said yes. */
  void add(Peer to, long address, int length) {
    if (count == 0) {
      begin(to, length);
      pieces = 1;
    }
    vectors.set(count, address, length);
    added(length);
  }

  /** The memory of fresh headers. */
  MemorySegment headers() {
    return headers;
  }

  /** Where in {@link #headers} the next datagram's header goes. */
  long nextHeader() {
    return (long) count * HEADER_STRIDE;
  }

  /** Adds a datagram whose header was written at {@link #nextHeader}. */
  void add(int headerLength, long payload, int payloadLength) {
    vectors.set(2 * count, headers.address() + nextHeader(), headerLength);
    vectors.set(2 * count + 1, payload, payloadLength);
    added(headerLength + payloadLength);
  }

  private void added(int length) {
    count++;
    octets += length;
    lastSize = length;
  }

  /**
   * Sends everything.
   *
   * @return false if the socket is full: flush again when it is not
   */
  boolean flush() {
    Peer to = peer;
    if (count == 0 || to == null) {
      return true;
    }
    boolean together = count - sent > 1 && to.offload();
    return together ? together(to) : oneByOne();
  }

  private boolean together(Peer to) {
    message.segmentSize(size);
    int error = send(sent, count);
    if (error == 0) {
      passed(count - sent, octets);
      clear();
      return true;
    }
    if (Refusal.isOfOffload(error)) {
      to.giveUpOffload();
      counters.add(FrameCount.OFFLOAD_GIVEN_UP, 1);
      return oneByOne();
    }
    return !Refusal.isBlocked(error) && dropRest(Refusal.ofSend(error));
  }

  private boolean oneByOne() {
    message.unsegmented();
    while (sent < count) {
      int length = sent == count - 1 ? lastSize : size;
      int error = send(sent, sent + 1);
      if (Refusal.isBlocked(error)) {
        return false;
      }
      sent++;
      octets -= length;
      if (error == 0) {
        passed(1, length);
      } else {
        counters.drop(Refusal.ofSend(error), 1);
      }
    }
    clear();
    return true;
  }

  private int send(int from, int to) {
    message.vectors(vectors.address(from * pieces), (to - from) * pieces);
    return sender.send(message.address());
  }

  private void passed(int frames, int length) {
    counters.add(FrameCount.OUT_SENDS, 1);
    counters.add(FrameCount.OUT_SENT, frames);
    counters.add(FrameCount.OUT_BYTES, length - (long) frames * VxlanCodec.LENGTH);
  }

  private boolean dropRest(DropReason reason) {
    counters.drop(reason, count - sent);
    clear();
    return true;
  }

  private void clear() {
    peer = null;
    count = 0;
    sent = 0;
    octets = 0;
  }
}
