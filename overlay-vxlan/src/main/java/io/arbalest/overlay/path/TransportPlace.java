package io.arbalest.overlay.path;

import java.lang.foreign.MemorySegment;

/**
 * Where the transport header of a frame from the TAP is, by the frame's own headers.
 *
 * <p>A zone's raw sockets may say of a frame that its checksum is unfinished and where it belongs,
 * and we are who writes it there: after protection has judged the frame. So the place is believed
 * only if protection has not looked at it. Headers are followed as protection follows them.
 */
final class TransportPlace {
  /** Not IP, a fragment, or cut inside its headers. */
  static final int NONE = -1;

  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;

  /** As many as protection follows. */
  private static final int MAX_EXTENSIONS = 6;

  private static final int TCP_CHECKSUM = 16;
  private static final int UDP_CHECKSUM = 6;

  private TransportPlace() {}

  /**
   * Finds the transport header.
   *
   * @return for {@link #offset} and {@link #protocol}, or {@link #NONE}
   */
  static int find(MemorySegment memory, long at, int length) {
    int l3 = Ethernet.HEADER;
    if (length < l3 + Ip.V4_HEADER + Ethernet.VLAN_TAG) {
      return NONE;
    }
    int type = Wire.u16(memory, at + Ethernet.TYPE);
    if (type == Ethernet.TYPE_VLAN) {
      type = Wire.u16(memory, at + Ethernet.TYPE + Ethernet.VLAN_TAG);
      l3 += Ethernet.VLAN_TAG;
    }
    return switch (type) {
      case Ethernet.TYPE_IPV4 -> inV4(memory, at, l3);
      case Ethernet.TYPE_IPV6 -> inV6(memory, at, length, l3);
      default -> NONE;
    };
  }

  private static int inV4(MemorySegment memory, long at, int l3) {
    int words = Wire.u8(memory, at + l3) & 0x0f;
    int fragment = Wire.u16(memory, at + l3 + Ip.V4_FRAGMENT) & Ip.V4_FRAGMENTED;
    if (words * 4 < Ip.V4_HEADER || fragment != 0) {
      return NONE;
    }
    return place(l3 + words * 4, Wire.u8(memory, at + l3 + Ip.V4_PROTOCOL));
  }

  private static int inV6(MemorySegment memory, long at, int length, int l3) {
    int l4 = l3 + Ip.V6_HEADER;
    if (length < l4) {
      return NONE;
    }
    int next = Wire.u8(memory, at + l3 + Ip.V6_NEXT_HEADER);
    for (int i = 0; i < MAX_EXTENSIONS && isExtension(next); i++) {
      if (length < l4 + Long.BYTES) {
        return NONE;
      }
      int units = Wire.u8(memory, at + l4 + 1);
      int kind = next;
      next = Wire.u8(memory, at + l4);
      l4 += kind == AUTHENTICATION ? 4 * (units + 2) : 8 * (units + 1);
    }
    return isExtension(next) || l4 > length || next == FRAGMENT ? NONE : place(l4, next);
  }

  /** Hop-by-hop, routing, AH, destination options, mobility, HIP, shim6. */
  private static boolean isExtension(int next) {
    return switch (next) {
      case 0, 43, AUTHENTICATION, 60, 135, 139, 140 -> true;
      default -> false;
    };
  }

  private static int place(int offset, int protocol) {
    return offset << Byte.SIZE | protocol;
  }

  /** Octets before the transport header. */
  static int offset(int place) {
    return place >> Byte.SIZE;
  }

  /** The protocol number of IPv4 or the last next header of IPv6. */
  static int protocol(int place) {
    return place & 0xff;
  }

  /**
   * Whether a checksum may be written: that of TCP or UDP in its own place, as the kernel leaves no
   * other to be finished, and protection may have looked at all else.
   *
   * @param place what {@link #find} said of the frame
   * @param field where to, in octets from the start of the frame
   */
  static boolean mayWriteAt(int place, int field) {
    int within = field - offset(place);
    return place != NONE
        && switch (protocol(place)) {
          case Ip.PROTOCOL_TCP -> within == TCP_CHECKSUM;
          case Ip.PROTOCOL_UDP -> within == UDP_CHECKSUM;
          default -> false;
        };
  }
}
