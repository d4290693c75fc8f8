package io.arbalest.antispoof.learn;

import io.arbalest.antispoof.learn.IpAddresses.Half;
import io.arbalest.linux.net.MacAddress;
import java.net.Inet6Address;
import java.nio.ByteBuffer;

/** Interface identifiers made of MAC addresses, RFC 4291 appendix A. */
final class Eui64 {
  private static final long LOCAL_BIT = 0x0200_0000_0000_0000L;
  private static final long MIDDLE = 0xff_fe00_0000L;

  private Eui64() {}

  static Half of(MacAddress mac) {
    long bits = mac.toLong();
    return new Half((bits >>> 24 << 40 | MIDDLE | (bits & 0xff_ffffL)) ^ LOCAL_BIT);
  }

  /** The address of a prefix and an identifier. */
  static Inet6Address join(Half prefix, Half identifier) {
    return IpAddresses.ipv6(
        ByteBuffer.allocate(IpAddresses.IPV6_LENGTH)
            .putLong(prefix.bits())
            .putLong(identifier.bits())
            .array());
  }
}
