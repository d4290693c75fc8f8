package io.arbalest.bench;

import io.arbalest.linux.net.IpPrefix;

/** Address lists of any length, each with a known address of either family in it. */
final class AllowedIps {
  static final String IPV4 = "10.0.0.1";
  static final String IPV6 = "fd00::1";

  private AllowedIps() {}

  /** So many of each family. */
  static IpPrefix[] of(int count) {
    IpPrefix[] allowed = new IpPrefix[2 * count];
    for (int i = 0; i < count; i++) {
      allowed[2 * i] = IpPrefix.parse(ipv4(i) + "/32");
      allowed[2 * i + 1] = IpPrefix.parse(ipv6(i) + "/128");
    }
    return allowed;
  }

  /** The first is {@link #IPV4}, the others are scattered. */
  static String ipv4(int number) {
    return number == 0
        ? IPV4
        : "172." + (16 + number / 4096) + "." + number / 16 % 256 + "." + number % 16 * 16;
  }

  /** The first is {@link #IPV6}. */
  static String ipv6(int number) {
    return number == 0 ? IPV6 : "fd00:" + Integer.toHexString(number) + "::1";
  }
}
