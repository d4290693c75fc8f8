package io.arbalest.overlay.neighbour;

import io.arbalest.linux.net.InternetChecksum;
import java.lang.foreign.MemorySegment;

/** The fixed IPv6 header, RFC 8200 section 3; offsets count from the start of the frame. */
final class Ipv6Header {
  static final int PAYLOAD_LENGTH = 18;
  static final int NEXT_HEADER = 20;
  static final int HOP_LIMIT = 21;
  static final int SOURCE = 22;
  static final int DESTINATION = 38;

  /** Where the payload starts. */
  static final int PAYLOAD = 54;

  static final int VERSION_6 = 0x6000_0000;
  static final int ICMPV6 = 58;

  private static final int VERSION = 14;

  private Ipv6Header() {}

  /** Complete, version 6, and its payload lies inside the frame. */
  static boolean isWellFormed(MemorySegment frame) {
    return frame.byteSize() >= PAYLOAD
        && Octets.u8(frame, VERSION) >>> 4 == 6
        && PAYLOAD + Octets.u16(frame, PAYLOAD_LENGTH) <= frame.byteSize();
  }

  /**
   * The ICMPv6 checksum over payload and pseudo-header, RFC 8200 section 8.1; 0 when it is right.
   */
  static int icmpChecksum(MemorySegment frame) {
    int length = Octets.u16(frame, PAYLOAD_LENGTH);
    long addresses = InternetChecksum.sum(frame, SOURCE, PAYLOAD - SOURCE);
    long payload = InternetChecksum.sum(frame, PAYLOAD, length);
    return InternetChecksum.finish(addresses + payload + length + ICMPV6);
  }

  /** Writes version, payload length, ICMPv6 and hop limit 255, with class and flow label zero. */
  static void writeIcmp(MemorySegment frame, int payloadLength) {
    Octets.putU32(frame, VERSION, VERSION_6);
    Octets.putU16(frame, PAYLOAD_LENGTH, payloadLength);
    Octets.putU8(frame, NEXT_HEADER, ICMPV6);
    Octets.putU8(frame, HOP_LIMIT, 255);
  }
}
