package io.arbalest.bench;

import io.arbalest.linux.net.IpPrefix;

/** Address lists of any length, each with a known address in it. */
final class AllowedIps {
  /** The first of every list of IPv4 addresses. */
  static final String IPV4 = "10.0.0.1";

  /** The first of every list of IPv6 addresses. */
  static final String IPV6 = "fd00::1";

  private AllowedIps() {}

  /** So many IPv4 addresses, all but the first scattered. */
  static IpPrefix[] ipv4(int count) {
    IpPrefix[] allowed = new IpPrefix[count];
    for (int i = 0; i < count; i++) {
      allowed[i] = IpPrefix.parse(ipv4Of(i) + "/32");
    }
    return allowed;
  }

  /** So many IPv6 addresses. */
  static IpPrefix[] ipv6(int count) {
    IpPrefix[] allowed = new IpPrefix[count];
    for (int i = 0; i < count; i++) {
      String address = i == 0 ? IPV6 : "fd00:" + Integer.toHexString(i) + "::1";
      allowed[i] = IpPrefix.parse(address + "/128");
    }
    return allowed;
  }

  private static String ipv4Of(int number) {
    return number == 0
        ? IPV4
        : "172." + (16 + number / 4096) + "." + number / 16 % 256 + "." + number % 16 * 16;
  }
}
