package io.arbalest.overlay.path;

import java.lang.foreign.MemorySegment;

/** Spreads inner flows, so that the frames of one flow always take the same outer source port. */
final class FlowHash {
  private FlowHash() {}

  /**
   * A hash of what names the frame's flow: addresses and ports of TCP and UDP, addresses of other
   * IP, MAC addresses of the rest.
   */
  static int of(MemorySegment memory, long at, int length) {
    int type = Wire.u16(memory, at + Ethernet.TYPE);
    long ip = at + Ethernet.HEADER;
    int left = length - Ethernet.HEADER;
    if (type == Ethernet.TYPE_IPV4 && left >= Ip.V4_HEADER) {
      int words = Wire.u8(memory, ip) & 0x0f;
      boolean whole = (Wire.u16(memory, ip + Ip.V4_FRAGMENT) & Ip.V4_FRAGMENTED) == 0;
      int ports = whole ? words * 4 : 0;
      int protocol = Wire.u8(memory, ip + Ip.V4_PROTOCOL);
      return mix(Wire.i64(memory, ip + Ip.V4_SOURCE), ports(memory, ip, left, ports, protocol));
    }
    if (type == Ethernet.TYPE_IPV6 && left >= Ip.V6_HEADER) {
      long addresses =
          Wire.i64(memory, ip + Ip.V6_SOURCE)
              ^ Wire.i64(memory, ip + Ip.V6_SOURCE + Long.BYTES) * 3
              ^ Wire.i64(memory, ip + Ip.V6_DESTINATION) * 5
              ^ Wire.i64(memory, ip + Ip.V6_DESTINATION + Long.BYTES) * 7;
      int protocol = Wire.u8(memory, ip + Ip.V6_NEXT_HEADER);
      return mix(addresses, ports(memory, ip, left, Ip.V6_HEADER, protocol));
    }
    return mix(Wire.i64(memory, at + Ethernet.DESTINATION), Wire.i32(memory, at + Long.BYTES));
  }

  private static int ports(MemorySegment memory, long ip, int left, int offset, int protocol) {
    boolean has = protocol == Ip.PROTOCOL_TCP || protocol == Ip.PROTOCOL_UDP;
    return has && offset > 0 && left >= offset + Integer.BYTES
        ? Wire.i32(memory, ip + offset)
        : protocol;
  }

  private static int mix(long a, int b) {
    long mixed = (a ^ Integer.toUnsignedLong(b) * LongTable.GOLDEN) * LongTable.GOLDEN;
    return (int) (mixed >>> 40);
  }
}
