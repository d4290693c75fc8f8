package io.arbalest.overlay.neighbour;

import java.lang.foreign.MemorySegment;

/**
 * Neighbour solicitation and advertisement, RFC 4861 sections 4.3 and 4.4; offsets count from the
 * start of the frame.
 */
final class NeighbourMessage {
  static final int TYPE = 54;
  static final int CODE = 55;
  static final int CHECKSUM = 56;
  static final int FLAGS = 58;
  static final int TARGET = 62;
  static final int OPTIONS = 78;

  /** Octets of the ICMPv6 message before its options. */
  static final int FIXED_LENGTH = OPTIONS - TYPE;

  static final int SOLICITATION = 135;
  static final int ADVERTISEMENT = 136;

  static final int OPTION_SOURCE_MAC = 1;
  static final int OPTION_TARGET_MAC = 2;

  /** Option lengths count in units of eight octets. */
  static final int OPTION_UNIT = 8;

  /** ff02::1:ff00:0/104, the solicited-node addresses. */
  private static final long SOLICITED_NODE_HIGH = 0xff02_0000_0000_0000L;

  private static final long SOLICITED_NODE_LOW = 0x0000_0001_ff00_0000L;
  private static final long LOW_24 = 0xff_ffffL;

  private NeighbourMessage() {}

  /** Whether a well-formed IPv6 frame carries one directly behind its fixed header. */
  static boolean isOne(MemorySegment frame) {
    if (Octets.u8(frame, Ipv6Header.NEXT_HEADER) != Ipv6Header.ICMPV6
        || Octets.u16(frame, Ipv6Header.PAYLOAD_LENGTH) == 0) {
      return false;
    }
    int type = Octets.u8(frame, TYPE);
    return type == SOLICITATION || type == ADVERTISEMENT;
  }

  static boolean isSolicitation(MemorySegment frame) {
    return Octets.u8(frame, TYPE) == SOLICITATION;
  }

  /** The checks that RFC 4861 section 7.1 asks of a receiver. */
  static boolean isWellFormed(MemorySegment frame) {
    int length = Octets.u16(frame, Ipv6Header.PAYLOAD_LENGTH);
    return length >= FIXED_LENGTH
        && Octets.u8(frame, Ipv6Header.HOP_LIMIT) == 255
        && Octets.u8(frame, CODE) == 0
        && isStationAddress(frame, TARGET)
        && hasWellFormedOptions(frame, Ipv6Header.PAYLOAD + length)
        && hasWellFormedSource(frame)
        && Ipv6Header.icmpChecksum(frame) == 0;
  }

  /** Not multicast, unspecified, loopback or IPv4-mapped. */
  private static boolean isStationAddress(MemorySegment frame, long at) {
    long high = Octets.u64(frame, at);
    long low = Octets.u64(frame, at + 8);
    boolean multicast = high >>> 56 == 0xff;
    boolean reserved = high == 0 && (low >>> 1 == 0 || low >>> 32 == 0xffff);
    return !multicast && !reserved;
  }

  /** A source is a station; from {@code ::} only a solicitation of RFC 4862 section 5.4.2 comes. */
  private static boolean hasWellFormedSource(MemorySegment frame) {
    if (!isFromUnspecified(frame)) {
      return isStationAddress(frame, Ipv6Header.SOURCE);
    }
    return isSolicitation(frame)
        && Octets.u64(frame, Ipv6Header.DESTINATION) == SOLICITED_NODE_HIGH
        && Octets.u64(frame, Ipv6Header.DESTINATION + 8)
            == (SOLICITED_NODE_LOW | (Octets.u64(frame, TARGET + 8) & LOW_24))
        && !hasOption(frame, OPTION_SOURCE_MAC);
  }

  static boolean isFromUnspecified(MemorySegment frame) {
    return Octets.u64(frame, Ipv6Header.SOURCE) == 0
        && Octets.u64(frame, Ipv6Header.SOURCE + 8) == 0;
  }

  /** Every option has a length, and together they end where the message ends. */
  private static boolean hasWellFormedOptions(MemorySegment frame, long end) {
    long at = OPTIONS;
    while (at + 2 <= end) {
      int length = Octets.u8(frame, at + 1) * OPTION_UNIT;
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return at == end;
  }

  /** Whether the options, which are well formed, hold one of a type. */
  private static boolean hasOption(MemorySegment frame, int type) {
    int end = Ipv6Header.PAYLOAD + Octets.u16(frame, Ipv6Header.PAYLOAD_LENGTH);
    for (long at = OPTIONS; at < end; at += (long) Octets.u8(frame, at + 1) * OPTION_UNIT) {
      if (Octets.u8(frame, at) == type) {
        return true;
      }
    }
    return false;
  }
}
