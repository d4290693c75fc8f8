package io.arbalest.antispoof.explain;

import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.PolicyView;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Who sends the frames of a corpus.
 *
 * @param mac the VNIC's own MAC address
 * @param own networks whose addresses are its own
 * @param policy its policy
 */
record Station(MacAddress mac, List<IpPrefix> own, PolicyView policy) {
  /** Documentation prefixes (RFC 5737, RFC 3849): nobody's, unless an operator allowed them. */
  private static final List<String> STRANGERS_IPV4 =
      List.of("192.0.2.77", "198.51.100.77", "203.0.113.77", "10.77.77.77", "172.29.77.77");

  private static final List<String> STRANGERS_IPV6 =
      List.of("2001:db8:77::77", "3fff:77::77", "fd77:7777:7777::77", "2002:4d4d::77");

  static final MacAddress NEIGHBOUR = MacAddress.of(0x0200_0000_0001L);

  /** An IPv4 address that is the station's; empty if it has none. */
  Optional<InetAddress> ipv4() {
    return first(true);
  }

  /** An IPv6 address that is the station's; empty if it has none besides its link-local one. */
  Optional<InetAddress> ipv6() {
    return first(false);
  }

  private Optional<InetAddress> first(boolean ipv4) {
    return own.stream()
        .filter(prefix -> prefix.isIpv4() == ipv4)
        .map(Station::within)
        .filter(a -> !a.isLoopbackAddress() && !a.isMulticastAddress() && !a.isAnyLocalAddress())
        .findFirst();
  }

  /** The address itself, or the first one of a network. */
  private static InetAddress within(IpPrefix prefix) {
    byte[] octets = prefix.address().getAddress();
    if (prefix.length() < octets.length * Byte.SIZE) {
      octets[octets.length - 1] |= 1;
    }
    return IpLiteral.ofBytes(octets);
  }

  /** An IPv4 address that is not the station's. */
  Optional<InetAddress> foreignIpv4() {
    return stranger(STRANGERS_IPV4);
  }

  Optional<InetAddress> foreignIpv6() {
    return stranger(STRANGERS_IPV6);
  }

  private Optional<InetAddress> stranger(List<String> candidates) {
    return candidates.stream().map(IpLiteral::parse).filter(a -> !mayUse(a)).findFirst();
  }

  private boolean mayUse(InetAddress address) {
    ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
    if (address instanceof Inet4Address) {
      long key = Integer.toUnsignedLong(octets.getInt());
      return policy.contains(PolicySet.SOURCE_IPV4, key)
          || policy.contains(PolicySet.OWN_IPV4, key);
    }
    long high = octets.getLong();
    long low = octets.getLong();
    return policy.contains(PolicySet.SOURCE_IPV6, high, low)
        || policy.contains(PolicySet.OWN_IPV6, high, low);
  }

  /** The link-local address of the MAC address (EUI-64). */
  InetAddress linkLocal() {
    byte[] m = mac.toBytes();
    return IpLiteral.ofBytes(
        FrameBytes.join(
            FrameBytes.u8(0xfe, 0x80, 0, 0, 0, 0, 0, 0),
            FrameBytes.u8(m[0] ^ 2, m[1], m[2], 0xff, 0xfe, m[3], m[4], m[5])));
  }
}
