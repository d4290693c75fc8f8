package io.arbalest.antispoof.learn;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Finds UDP and ICMPv6 in Ethernet frames: RFC 791, RFC 8200, RFC 768. A frame with a tag, a
 * fragment, and a packet that is not all there hold nothing.
 */
final class FrameCodec {
  private static final int ETHERTYPE = 12;
  private static final int ETHERNET_LENGTH = 14;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;

  private static final int IPV4_LENGTH = 2;
  private static final int IPV4_FRAGMENT = 6;
  private static final int IPV4_PROTOCOL = 9;
  private static final int IPV4_SOURCE = 12;
  private static final int IPV4_DESTINATION = 16;
  private static final int IPV4_HEADER = 20;

  /** More fragments, and the offset. */
  private static final int IPV4_IS_FRAGMENT = 0x3fff;

  private static final int IPV6_LENGTH = 4;
  private static final int IPV6_NEXT = 6;
  private static final int IPV6_HOPS = 7;
  private static final int IPV6_SOURCE = 8;
  private static final int IPV6_DESTINATION = 24;
  private static final int IPV6_HEADER = 40;

  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int DESTINATION_OPTIONS = 60;
  private static final int EXTENSION_UNIT = 8;

  /** As many as the guard looks behind. */
  private static final int MAX_EXTENSIONS = 8;

  private static final int UDP = 17;
  private static final int ICMPV6 = 58;
  private static final int UDP_DESTINATION = 2;
  private static final int UDP_LENGTH = 4;
  private static final int UDP_HEADER = 8;

  private FrameCodec() {}

  /** An ICMPv6 message directly behind its IPv6 header, where neighbour discovery has to be. */
  record Icmp6(Inet6Address source, int hopLimit, Octets message) {}

  /** What lies behind an IP header. */
  private record Packet(
      InetAddress source, InetAddress destination, int protocol, Octets payload) {}

  static Optional<Datagram> datagram(byte[] bytes) {
    Octets frame = Octets.of(bytes);
    if (isOf(frame, IPV4)) {
      return ipv4(frame.from(ETHERNET_LENGTH)).flatMap(FrameCodec::udp);
    }
    if (isOf(frame, IPV6)) {
      return ipv6(frame.from(ETHERNET_LENGTH))
          .flatMap(FrameCodec::beyondExtensions)
          .flatMap(FrameCodec::udp);
    }
    return Optional.empty();
  }

  static Optional<Icmp6> icmp6(byte[] bytes) {
    Octets frame = Octets.of(bytes);
    if (!isOf(frame, IPV6)) {
      return Optional.empty();
    }
    Octets ip = frame.from(ETHERNET_LENGTH);
    return ipv6(ip)
        .filter(packet -> packet.protocol() == ICMPV6)
        .map(
            packet ->
                new Icmp6(IpAddresses.ipv6(ip, IPV6_SOURCE), ip.u8(IPV6_HOPS), packet.payload()));
  }

  private static boolean isOf(Octets frame, int type) {
    return frame.has(0, ETHERNET_LENGTH) && frame.u16(ETHERTYPE) == type;
  }

  private static Optional<Packet> ipv4(Octets ip) {
    if (!ip.has(0, IPV4_HEADER) || ip.u8(0) >> 4 != 4) {
      return Optional.empty();
    }
    int header = (ip.u8(0) & 0xf) * 4;
    int length = ip.u16(IPV4_LENGTH);
    boolean whole = header >= IPV4_HEADER && length >= header && ip.has(0, length);
    if (!whole || (ip.u16(IPV4_FRAGMENT) & IPV4_IS_FRAGMENT) != 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Packet(
            IpAddresses.ipv4(ip, IPV4_SOURCE),
            IpAddresses.ipv4(ip, IPV4_DESTINATION),
            ip.u8(IPV4_PROTOCOL),
            ip.slice(header, length - header)));
  }

  private static Optional<Packet> ipv6(Octets ip) {
    if (!ip.has(0, IPV6_HEADER)
        || ip.u8(0) >> 4 != 6
        || !ip.has(IPV6_HEADER, ip.u16(IPV6_LENGTH))) {
      return Optional.empty();
    }
    return Optional.of(
        new Packet(
            IpAddresses.ipv6(ip, IPV6_SOURCE),
            IpAddresses.ipv6(ip, IPV6_DESTINATION),
            ip.u8(IPV6_NEXT),
            ip.slice(IPV6_HEADER, ip.u16(IPV6_LENGTH))));
  }

  private static Optional<Packet> beyondExtensions(Packet packet) {
    Packet here = packet;
    for (int seen = 0; seen < MAX_EXTENSIONS && isExtension(here.protocol()); seen++) {
      Octets rest = here.payload();
      int length = rest.has(0, 2) ? (rest.u8(1) + 1) * EXTENSION_UNIT : Integer.MAX_VALUE;
      if (!rest.has(0, length)) {
        return Optional.empty();
      }
      here = new Packet(here.source(), here.destination(), rest.u8(0), rest.from(length));
    }
    return Optional.of(here);
  }

  private static boolean isExtension(int protocol) {
    return protocol == HOP_BY_HOP || protocol == ROUTING || protocol == DESTINATION_OPTIONS;
  }

  private static Optional<Datagram> udp(Packet packet) {
    Octets udp = packet.payload();
    if (packet.protocol() != UDP || !udp.has(0, UDP_HEADER)) {
      return Optional.empty();
    }
    int length = udp.u16(UDP_LENGTH);
    if (length < UDP_HEADER || !udp.has(0, length)) {
      return Optional.empty();
    }
    return Optional.of(
        new Datagram(
            packet.source(),
            packet.destination(),
            udp.u16(0),
            udp.u16(UDP_DESTINATION),
            udp.slice(UDP_HEADER, length - UDP_HEADER)));
  }
}
