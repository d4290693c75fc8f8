package io.arbalest.overlay.path;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** {@code struct sockaddr_in} and {@code sockaddr_in6}: made from and read as Java addresses. */
final class SocketAddress {
  /** Octets that hold either family. */
  static final int MAX_LENGTH = 28;

  private static final int V4_LENGTH = 16;
  private static final int PORT = 2;
  private static final int V4_ADDRESS = 4;
  private static final int V6_ADDRESS = 8;
  private static final int V6_SCOPE = 24;

  private SocketAddress() {}

  /**
   * The address as the kernel wants it.
   *
   * @param family of the socket that will use it: an IPv4 address is mapped for an IPv6 socket
   */
  static MemorySegment encode(Arena arena, InetSocketAddress address, int family) {
    InetAddress ip = address.getAddress();
    boolean v4 = family == UdpOptions.AF_INET;
    MemorySegment out = arena.allocate(v4 ? V4_LENGTH : MAX_LENGTH, Integer.BYTES);
    out.set(ValueLayout.JAVA_SHORT, 0, (short) family);
    Wire.put16(out, PORT, address.getPort());
    if (v4) {
      MemorySegment.copy(ip.getAddress(), 0, out, ValueLayout.JAVA_BYTE, V4_ADDRESS, 4);
      return out;
    }
    OuterAddress mapped = OuterAddress.of(ip);
    Wire.put64(out, V6_ADDRESS, mapped.high());
    Wire.put64(out, V6_ADDRESS + Long.BYTES, mapped.low());
    int scope = ip instanceof Inet6Address v6 ? v6.getScopeId() : 0;
    out.set(ValueLayout.JAVA_INT, V6_SCOPE, scope);
    return out;
  }

  /** The family of an address. */
  static int family(InetAddress ip) {
    return ip instanceof Inet6Address ? UdpOptions.AF_INET6 : UdpOptions.AF_INET;
  }

  private static boolean isV4(MemorySegment in) {
    return in.get(ValueLayout.JAVA_SHORT, 0) == UdpOptions.AF_INET;
  }

  /** The high word of the address, as {@link OuterAddress#high()}. */
  static long high(MemorySegment in) {
    return isV4(in) ? 0 : Wire.i64(in, V6_ADDRESS);
  }

  /** The low word of the address, as {@link OuterAddress#low()}. */
  static long low(MemorySegment in) {
    return isV4(in)
        ? OuterAddress.mapped(Wire.i32(in, V4_ADDRESS))
        : Wire.i64(in, V6_ADDRESS + Long.BYTES);
  }

  /** The port. */
  static int port(MemorySegment in) {
    return Wire.u16(in, PORT);
  }
}
