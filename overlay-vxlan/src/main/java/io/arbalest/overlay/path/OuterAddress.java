package io.arbalest.overlay.path;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * An underlay address as two words: IPv6 as it is, IPv4 mapped ({@code ::ffff:a.b.c.d}), so that
 * one table serves both families.
 *
 * @param high the first eight octets, big-endian
 * @param low the last eight octets, big-endian
 */
record OuterAddress(long high, long low) {
  private static final long MAPPED = 0x0000_ffff_0000_0000L;

  static OuterAddress of(InetAddress ip) {
    ByteBuffer octets = ByteBuffer.wrap(ip.getAddress());
    return octets.remaining() == Integer.BYTES
        ? new OuterAddress(0, mapped(octets.getInt()))
        : new OuterAddress(octets.getLong(), octets.getLong());
  }

  /** The low word of an IPv4 address whose four octets are given big-endian. */
  static long mapped(int ipv4) {
    return MAPPED | Integer.toUnsignedLong(ipv4);
  }
}
