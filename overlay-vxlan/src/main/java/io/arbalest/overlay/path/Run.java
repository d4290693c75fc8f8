package io.arbalest.overlay.path;

import io.arbalest.linux.net.InternetChecksum;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Consecutive frames of one flow that will reach the zones as one super-frame.
 *
 * <p>A frame may join if its headers differ from the first one's only in what segmentation changes,
 * and its payload follows on. The frames stay where they were received until the run is written.
 */
final class Run {
  /** Elements before the payloads: the fresh header. */
  private static final int HEAD = 1;

  private static final int MAX_OCTETS = 0xffff;
  private static final int SCRATCH = 192;

  private final IoVectors vectors;
  private final MemorySegment head;

  private MemorySegment memory = MemorySegment.NULL;
  private long first;
  private long flow;
  private boolean v6;
  private boolean tcp;
  private int l4;
  private int headerLength;
  private int segmentSize;
  private long pseudo;
  private int count;
  private int payload;
  private int lastPayload;
  private int lastFlags;
  private long since;

  Run(Arena arena) {
    vectors = new IoVectors(arena, HEAD + UdpOptions.MAX_SEGMENTS);
    head = arena.allocate(SCRATCH, Long.BYTES);
  }

  boolean isOpen() {
    return count > 0;
  }

  long flow() {
    return flow;
  }

  /** When it was started, on the clock that {@link #start} was given. */
  long since() {
    return since;
  }

  int count() {
    return count;
  }

  /** Octets of the frames, as they came. */
  long octets() {
    return (long) count * headerLength + payload;
  }

  void start(InnerFrame frame, long now) {
    memory = frame.memory();
    first = frame.at();
    flow = frame.flow();
    v6 = frame.isV6();
    tcp = frame.isTcp();
    l4 = frame.l4();
    headerLength = frame.headerLength();
    segmentSize = frame.payload();
    pseudo = frame.pseudoSum();
    count = 0;
    payload = 0;
    since = now;
    append(frame);
  }

  void append(InnerFrame frame) {
    vectors.set(
        HEAD + count, frame.memory().address() + frame.at() + headerLength, frame.payload());
    count++;
    lastPayload = frame.payload();
    payload += lastPayload;
    lastFlags = tcp ? frame.tcpFlags() : 0;
  }

  void close() {
    count = 0;
  }

  /** Whether nothing more can join: a push, a short last frame, or the limits. */
  boolean isComplete() {
    return (lastFlags & Tcp.PSH) != 0
        || lastPayload < segmentSize
        || count == UdpOptions.MAX_SEGMENTS
        || headerLength + payload + segmentSize > MAX_OCTETS;
  }

  /** Whether a frame of the same flow continues this run; its checksums are not looked at. */
  boolean continuesWith(InnerFrame frame) {
    return frame.headerLength() == headerLength
        && frame.isTcp() == tcp
        && frame.isV6() == v6
        && frame.payload() <= segmentSize
        && sameLong(frame, Ethernet.DESTINATION)
        && sameInt(frame, Ethernet.DESTINATION + Long.BYTES)
        && (v6 ? sameV6(frame) : sameV4(frame))
        && sameInt(frame, l4 + Tcp.PORTS)
        && (!tcp || nextTcp(frame));
  }

  // Segmentation counts the ID up; a receiver that re-segments may only do so if it was like that.
  private boolean sameV4(InnerFrame frame) {
    int ip = Ethernet.HEADER;
    boolean df = (frame.fragmentField() & Ip.V4_DF) != 0;
    int id = Wire.u16(memory, first + ip + Ip.V4_ID);
    return sameShort(frame, ip)
        && sameInt(frame, ip + Ip.V4_FRAGMENT)
        && sameLong(frame, ip + Ip.V4_SOURCE)
        && (df || frame.id() == ((id + count) & 0xffff));
  }

  private boolean sameV6(InnerFrame frame) {
    int ip = Ethernet.HEADER;
    return sameInt(frame, ip)
        && sameShort(frame, ip + Ip.V6_NEXT_HEADER)
        && sameLong(frame, ip + Ip.V6_SOURCE)
        && sameLong(frame, ip + Ip.V6_SOURCE + Long.BYTES)
        && sameLong(frame, ip + Ip.V6_DESTINATION)
        && sameLong(frame, ip + Ip.V6_DESTINATION + Long.BYTES);
  }

  private boolean nextTcp(InnerFrame frame) {
    int sequence = Wire.i32(memory, first + l4 + Tcp.SEQUENCE);
    return frame.sequence() == sequence + payload
        && sameInt(frame, l4 + Tcp.ACKNOWLEDGEMENT)
        && sameShort(frame, l4 + Tcp.WINDOW)
        && sameShort(frame, l4 + Tcp.URGENT)
        && sameOptions(frame);
  }

  // The header length is the same, and options come in words of four octets.
  private boolean sameOptions(InnerFrame frame) {
    for (int offset = l4 + Tcp.HEADER; offset < headerLength; offset += Integer.BYTES) {
      if (!sameInt(frame, offset)) {
        return false;
      }
    }
    return true;
  }

  private boolean sameShort(InnerFrame frame, int offset) {
    return Wire.u16(memory, first + offset) == Wire.u16(frame.memory(), frame.at() + offset);
  }

  private boolean sameInt(InnerFrame frame, int offset) {
    return Wire.i32(memory, first + offset) == Wire.i32(frame.memory(), frame.at() + offset);
  }

  private boolean sameLong(InnerFrame frame, int offset) {
    return Wire.i64(memory, first + offset) == Wire.i64(frame.memory(), frame.at() + offset);
  }

  /**
   * Makes the super-frame's header and returns the number of vectors; {@link #vectors} has them.
   */
  int assemble() {
    MemorySegment.copy(memory, first, head, Vnet.HEADER, headerLength);
    vnetHeader();
    int ip = Vnet.HEADER + Ethernet.HEADER;
    int l4Length = headerLength - l4 + payload;
    if (v6) {
      Wire.put16(head, ip + Ip.V6_PAYLOAD_LENGTH, l4Length);
    } else {
      Wire.put16(head, ip + Ip.V4_TOTAL_LENGTH, Ip.V4_HEADER + l4Length);
      Wire.put16(head, ip + Ip.V4_CHECKSUM, 0);
      long sum = InternetChecksum.sum(head, ip, Ip.V4_HEADER);
      Wire.put16(head, ip + Ip.V4_CHECKSUM, InternetChecksum.finish(sum));
    }
    int transport = Vnet.HEADER + l4;
    int partial = InternetChecksum.fold(pseudo + l4Length);
    if (tcp) {
      Wire.put8(head, transport + Tcp.FLAGS, Tcp.ACK | lastFlags);
      Wire.put16(head, transport + Tcp.CHECKSUM, partial);
    } else {
      Wire.put16(head, transport + Udp.LENGTH, l4Length);
      Wire.put16(head, transport + Udp.CHECKSUM, partial);
    }
    vectors.set(0, head.address(), Vnet.HEADER + headerLength);
    return HEAD + count;
  }

  private void vnetHeader() {
    int tcpType = v6 ? Vnet.GSO_TCPV6 : Vnet.GSO_TCPV4;
    Wire.put8(head, Vnet.FLAGS, Vnet.NEEDS_CSUM);
    Wire.put8(head, Vnet.GSO_TYPE, tcp ? tcpType : Vnet.GSO_UDP_L4);
    Vnet.put16(head, Vnet.HEADER_LENGTH, headerLength);
    Vnet.put16(head, Vnet.GSO_SIZE, segmentSize);
    Vnet.put16(head, Vnet.CSUM_START, l4);
    Vnet.put16(head, Vnet.CSUM_OFFSET, tcp ? Tcp.CHECKSUM : Udp.CHECKSUM);
  }

  IoVectors vectors() {
    return vectors;
  }

  /** The address of a frame as it came, its own headers before its payload. */
  long frame(int index) {
    return vectors.target(HEAD + index) - headerLength;
  }

  /** The length of a frame as it came. */
  int frameLength(int index) {
    return headerLength + (int) vectors.length(HEAD + index);
  }
}
