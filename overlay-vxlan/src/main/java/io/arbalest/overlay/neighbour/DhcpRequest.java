package io.arbalest.overlay.neighbour;

import java.lang.foreign.MemorySegment;

/** Recognises what a DHCPv4 client broadcasts: IPv4, UDP, port 68 to port 67 (RFC 2131). */
final class DhcpRequest {
  private static final int VERSION_AND_LENGTH = 14;
  private static final int FRAGMENT = 20;
  private static final int PROTOCOL = 23;
  private static final int MINIMUM_LENGTH = 34;

  private static final int UDP = 17;
  private static final int CLIENT_TO_SERVER = 68 << 16 | 67;

  /** More-fragments and the fragment offset; reserved and don't-fragment do not matter. */
  private static final int FRAGMENT_BITS = 0x3fff;

  private DhcpRequest() {}

  static boolean isOne(MemorySegment frame) {
    if (frame.byteSize() < MINIMUM_LENGTH || Octets.u8(frame, PROTOCOL) != UDP) {
      return false;
    }
    int versionAndLength = Octets.u8(frame, VERSION_AND_LENGTH);
    long ports = Ethernet.HEADER_LENGTH + (versionAndLength & 0xf) * 4L;
    return versionAndLength >>> 4 == 4
        && (versionAndLength & 0xf) >= 5
        && (Octets.u16(frame, FRAGMENT) & FRAGMENT_BITS) == 0
        && ports + 4 <= frame.byteSize()
        && Octets.u32(frame, ports) == CLIENT_TO_SERVER;
  }
}
