package io.arbalest.overlay.path;

import io.arbalest.linux.net.InternetChecksum;
import java.lang.foreign.MemorySegment;

/**
 * A view of a received Ethernet frame that says whether it may be joined with others of its flow.
 *
 * <p>Candidates are TCP with exactly ACK or ACK and PSH, and UDP with a checksum; over IPv4 without
 * options or over IPv6 without extension headers; untagged, not a fragment, with payload, and with
 * length fields that agree with the frame's length. Everything else is left alone. One object is
 * pointed at frame after frame.
 */
final class InnerFrame {
  private MemorySegment memory = MemorySegment.NULL;
  private long at;
  private int length;
  private boolean v6;
  private boolean tcp;
  private int l4;
  private int headerLength;
  private long flow;
  private boolean whole;

  /**
   * Points it at a frame.
   *
   * @return whether the frame is TCP or UDP of a flow, so that {@link #flow} tells it from others
   */
  boolean view(MemorySegment in, long offset, int octets) {
    memory = in;
    at = offset;
    length = octets;
    headerLength = 0;
    whole = false;
    if (length < Ethernet.HEADER + Ip.V4_HEADER + Udp.HEADER) {
      return false;
    }
    return switch (Wire.u16(memory, at + Ethernet.TYPE)) {
      case Ethernet.TYPE_IPV4 -> viewV4();
      case Ethernet.TYPE_IPV6 -> viewV6();
      default -> false;
    };
  }

  private boolean viewV4() {
    v6 = false;
    long ip = at + Ethernet.HEADER;
    int fragment = Wire.u16(memory, ip + Ip.V4_FRAGMENT);
    if (Wire.u8(memory, ip) != Ip.V4_PLAIN || (fragment & ~Ip.V4_DF) != 0) {
      return false;
    }
    l4 = Ethernet.HEADER + Ip.V4_HEADER;
    flow = Wire.i64(memory, ip + Ip.V4_SOURCE);
    whole = Wire.u16(memory, ip + Ip.V4_TOTAL_LENGTH) == length - Ethernet.HEADER;
    return viewTransport(Wire.u8(memory, ip + Ip.V4_PROTOCOL));
  }

  private boolean viewV6() {
    v6 = true;
    l4 = Ethernet.HEADER + Ip.V6_HEADER;
    if (length < l4 + Udp.HEADER) {
      return false;
    }
    long ip = at + Ethernet.HEADER;
    flow =
        Wire.i64(memory, ip + Ip.V6_SOURCE)
            + 3 * Wire.i64(memory, ip + Ip.V6_SOURCE + Long.BYTES)
            + 5 * Wire.i64(memory, ip + Ip.V6_DESTINATION)
            + 7 * Wire.i64(memory, ip + Ip.V6_DESTINATION + Long.BYTES);
    whole = Wire.u16(memory, ip + Ip.V6_PAYLOAD_LENGTH) == length - l4;
    return viewTransport(Wire.u8(memory, ip + Ip.V6_NEXT_HEADER));
  }

  private boolean viewTransport(int protocol) {
    tcp = protocol == Ip.PROTOCOL_TCP;
    if (!tcp && protocol != Ip.PROTOCOL_UDP) {
      return false;
    }
    flow = flow * 31 + Wire.i32(memory, at + l4) * 2L + (tcp ? 1 : 0);
    whole = whole && length >= l4 + (tcp ? Tcp.HEADER : Udp.HEADER);
    if (whole) {
      int header = tcp ? tcpHeader() : udpHeader();
      headerLength = header == 0 ? 0 : l4 + header;
    }
    return true;
  }

  private int tcpHeader() {
    int offsetOctet = Wire.u8(memory, at + l4 + Tcp.DATA_OFFSET);
    int header = Tcp.headerLength(offsetOctet);
    boolean plain = (offsetOctet & 0x0f) == 0 && (tcpFlags() & ~Tcp.PSH) == Tcp.ACK;
    return plain && header >= Tcp.HEADER && l4 + header < length ? header : 0;
  }

  private int udpHeader() {
    boolean summed = Wire.u16(memory, at + l4 + Udp.CHECKSUM) != 0;
    boolean agrees = Wire.u16(memory, at + l4 + Udp.LENGTH) == length - l4;
    return summed && agrees && l4 + Udp.HEADER < length ? Udp.HEADER : 0;
  }

  /** Whether it may be joined with others, if {@link #checksumsAreRight}. */
  boolean isCandidate() {
    return headerLength != 0;
  }

  /** Verifies the IPv4 header's and the transport's checksum. */
  boolean checksumsAreRight() {
    long ip = at + Ethernet.HEADER;
    if (!v6 && InternetChecksum.sum(memory, ip, Ip.V4_HEADER) != 0xffff) {
      return false;
    }
    int octets = length - l4;
    long sum = pseudoSum() + octets + InternetChecksum.sum(memory, at + l4, octets);
    return InternetChecksum.fold(sum) == 0xffff;
  }

  /**
   * Whether the transport checksum was left for the hardware to finish: the field holds the sum of
   * the pseudo header alone. No network card sends such a frame, but the kernel's VXLAN device does
   * when a virtual wire that never needs checksums is all that lies between, and then even a TCP
   * super-frame may come in one piece.
   */
  boolean isUnfinished() {
    if (!whole) {
      return false;
    }
    int field = Wire.u16(memory, at + l4 + checksumOffset());
    return field == InternetChecksum.fold(pseudoSum() + length - l4) && !checksumsAreRight();
  }

  /** Where the checksum is in the transport header. */
  int checksumOffset() {
    return tcp ? Tcp.CHECKSUM : Udp.CHECKSUM;
  }

  /** Octets of the transport header of a TCP frame whose length fields agree with the frame. */
  int tcpHeaderLength() {
    return Tcp.headerLength(Wire.u8(memory, at + l4 + Tcp.DATA_OFFSET));
  }

  /** The sum of the pseudo header without its length. */
  long pseudoSum() {
    long addresses = at + Ethernet.HEADER + (v6 ? Ip.V6_SOURCE : Ip.V4_SOURCE);
    int protocol = tcp ? Ip.PROTOCOL_TCP : Ip.PROTOCOL_UDP;
    return InternetChecksum.sum(memory, addresses, v6 ? 32 : 8) + protocol;
  }

  MemorySegment memory() {
    return memory;
  }

  long at() {
    return at;
  }

  int length() {
    return length;
  }

  /** A hash of addresses, ports and protocol: frames of one flow have the same. */
  long flow() {
    return flow;
  }

  boolean isV6() {
    return v6;
  }

  boolean isTcp() {
    return tcp;
  }

  /** Octets before the transport header. */
  int l4() {
    return l4;
  }

  /** Octets before the payload. */
  int headerLength() {
    return headerLength;
  }

  int payload() {
    return length - headerLength;
  }

  int sequence() {
    return Wire.i32(memory, at + l4 + Tcp.SEQUENCE);
  }

  int tcpFlags() {
    return Wire.u8(memory, at + l4 + Tcp.FLAGS);
  }

  int fragmentField() {
    return Wire.u16(memory, at + Ethernet.HEADER + Ip.V4_FRAGMENT);
  }

  int id() {
    return Wire.u16(memory, at + Ethernet.HEADER + Ip.V4_ID);
  }
}
