package io.arbalest.antispoof.learn;

import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.join;

import io.arbalest.antispoof.Frames;

/** Builds router advertisements and probes. */
final class Neighbours {
  private Neighbours() {}

  static byte[] advertisement(byte[]... options) {
    return advertisement(255, 0, "fe80::1", options);
  }

  static byte[] advertisement(int hops, int code, String router, byte[]... options) {
    byte[] icmp = join(bytes(134, code, 0, 0, 64, 0, 7, 8), new byte[8], join(options));
    return Frames.ethernet(
        Frames.OTHER_MAC, Frames.IPV6, Frames.ipv6(hops, router, "ff02::1", Frames.ICMP6, icmp));
  }

  /** A prefix of 64 bits that hosts make addresses of. */
  static byte[] prefix(String prefix, long valid) {
    return prefix(prefix, 64, 0xc0, valid, valid);
  }

  static byte[] prefix(String prefix, int length, int flags, long valid, long preferred) {
    return join(
        bytes(3, 4, length, flags),
        Dhcp4.u32(valid),
        Dhcp4.u32(preferred),
        new byte[4],
        Frames.ip(prefix));
  }

  static byte[] probe(String target, byte[]... options) {
    byte[] ip = Frames.ip(target);
    String group = "ff02::1:ff%02x:%x".formatted(ip[13], (ip[14] & 0xff) << 8 | (ip[15] & 0xff));
    return Frames.own(
        Frames.IPV6, Frames.ipv6("::", group, Frames.ICMP6, Frames.solicitation(target, options)));
  }
}
