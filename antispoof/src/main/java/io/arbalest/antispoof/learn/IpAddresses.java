package io.arbalest.antispoof.learn;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** IP addresses from bytes, and which of them a station can have. */
final class IpAddresses {
  static final int IPV4_LENGTH = 4;
  static final int IPV6_LENGTH = 16;

  /** Octets in each half of an IPv6 address: the prefix, and the interface identifier. */
  static final int HALF = 8;

  private IpAddresses() {}

  /** The IPv4 address at an offset. */
  static InetAddress ipv4(Octets octets, int at) {
    return of(octets.slice(at, IPV4_LENGTH).copy());
  }

  /** The IPv6 address at an offset; an IPv4-mapped one stays one. */
  static Inet6Address ipv6(Octets octets, int at) {
    return ipv6(octets.slice(at, IPV6_LENGTH).copy());
  }

  static Inet6Address ipv6(byte[] octets) {
    try {
      // Unlike InetAddress, this does not turn ::ffff:a.b.c.d into an IPv4 address.
      return Inet6Address.getByAddress(null, octets, -1);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(octets.length + " octets are no IPv6 address", e);
    }
  }

  private static InetAddress of(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(octets.length + " octets are no IPv4 address", e);
    }
  }

  /**
   * Whether one station alone may have it: not unspecified, loopback, a group or broadcast, of no
   * reserved class, and no IPv4 address in the form of an IPv6 one.
   */
  static boolean isStation(InetAddress address) {
    byte[] octets = address.getAddress();
    return address instanceof Inet4Address ? isStation4(octets[0] & 0xff) : isStation6(octets);
  }

  /** 0/8 is "this network", 127/8 loopback; from 224 on are groups and what is reserved. */
  private static boolean isStation4(int first) {
    return first != 0 && first != 127 && first < 224;
  }

  /** In ::/64 are the unspecified and the loopback address, and the mapped and compatible ones. */
  private static boolean isStation6(byte[] octets) {
    boolean low = true;
    for (int i = 0; i < HALF; i++) {
      low &= octets[i] == 0;
    }
    return !low && (octets[0] & 0xff) != 0xff;
  }

  /** fe80::/64, in which every interface has an address. */
  static boolean isLinkLocal(Inet6Address address) {
    byte[] octets = address.getAddress();
    boolean rest = true;
    for (int i = 2; i < HALF; i++) {
      rest &= octets[i] == 0;
    }
    return address.isLinkLocalAddress() && (octets[1] & 0xff) == 0x80 && rest;
  }

  /** RFC 4291 section 2.6.1: the first address of a /64 is all its routers'. */
  static boolean isRouterAnycast(Inet6Address address) {
    return Half.low(address).bits() == 0;
  }

  /** 64 bits of an IPv6 address: its /64, or its interface identifier. */
  record Half(long bits) {
    static Half high(Inet6Address address) {
      return at(address.getAddress(), 0);
    }

    static Half low(Inet6Address address) {
      return at(address.getAddress(), HALF);
    }

    private static Half at(byte[] octets, int at) {
      long bits = 0;
      for (int i = at; i < at + HALF; i++) {
        bits = bits << Byte.SIZE | (octets[i] & 0xff);
      }
      return new Half(bits);
    }
  }
}
