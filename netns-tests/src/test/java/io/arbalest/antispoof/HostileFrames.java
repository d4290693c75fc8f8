package io.arbalest.antispoof;

import static io.arbalest.antispoof.Frames.ICMP6;
import static io.arbalest.antispoof.Frames.IPV4;
import static io.arbalest.antispoof.Frames.IPV6;
import static io.arbalest.antispoof.Frames.LINK_LOCAL;
import static io.arbalest.antispoof.Frames.MAC;
import static io.arbalest.antispoof.Frames.UDP;
import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.fragment;
import static io.arbalest.antispoof.Frames.join;
import static io.arbalest.antispoof.Frames.own;
import static io.arbalest.antispoof.Frames.u16;
import static io.arbalest.antispoof.Frames.udp;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Frames by which an attacker would try to say one thing to protection and another to its victim,
 * and what has to become of each: the counter that moves, or "arrived".
 */
final class HostileFrames {
  private static final String ARRIVED = "arrived";
  private static final String ALL_NODES = "ff02::1";
  private static final String PEER = "10.0.0.9";
  private static final int DESTINATION_OPTIONS = 60;
  private static final int ENCRYPTED = 50;
  private static final int AUTHENTICATION = 51;
  private static final int IGMP = 2;
  private static final int FIRST_OF_MORE = 0x2000;

  private HostileFrames() {}

  /**
   * Such a frame.
   *
   * @param fate the counter that moves, or "arrived" where it does no harm
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Hostile(byte[] frame, String fate) {}

  static Map<String, Hostile> all() {
    Map<String, Hostile> all = new LinkedHashMap<>();
    wrapped(all);
    split(all);
    extended(all);
    multicast(all);
    return all;
  }

  private static void wrapped(Map<String, Hostile> all) {
    byte[] lie = Frames.ipv4("10.0.0.6", PEER, UDP, udp(1, 2, new byte[8]));
    byte[] truth = Frames.ipv4("10.0.0.5", PEER, UDP, udp(1, 2, new byte[8]));
    all.put("IPv4 in raw 802.3", new Hostile(own(lie.length, bytes(0xff, 0xff), lie), "llc"));
    all.put("IPv4 in LLC with IP's own SAP", new Hostile(own(40, bytes(6, 6, 3), lie), "llc"));
    all.put(
        "IPv4 under the EtherType of IPv6",
        new Hostile(own(IPV6, lie, new byte[20]), "ipv6-version"));
    all.put(
        "IPv4 in IPv4, the outer one honest",
        new Hostile(own(IPV4, Frames.ipv4("10.0.0.5", PEER, 4, lie)), ARRIVED));
    all.put(
        "IPv4 in IPv4, the inner one honest",
        new Hostile(own(IPV4, Frames.ipv4("10.0.0.6", PEER, 4, truth)), "ipv4-source"));
    byte[] route = bytes(131, 7, 4, 10, 0, 0, 1, 0);
    all.put(
        "IPv4 with a loose source route",
        new Hostile(
            own(
                IPV4,
                bytes(0x47, 0),
                u16(28, 0, 0),
                bytes(64, 59, 0, 0),
                Frames.ip("10.0.0.5"),
                Frames.ip(PEER),
                route),
            ARRIVED));
    byte[] tunnelled = udp(4000, 4789, bytes(8, 0, 0, 0, 0, 0, 42, 0), own(IPV4, lie));
    all.put(
        "VXLAN to another zone",
        new Hostile(own(IPV4, Frames.ipv4("10.0.0.5", PEER, UDP, tunnelled)), ARRIVED));
  }

  /** What a fragment hides, its first one has to show. */
  private static void split(Map<String, Hostile> all) {
    byte[] offer = udp(67, 68, new byte[300]);
    byte[] claim = Frames.advertisement("fd00::6", Frames.tlla(MAC));
    byte[] toRouters = bytes(ICMP6, 0, 1, 4, 0, 0, 0, 0);
    byte[] toServers = bytes(UDP, 0, 1, 4, 0, 0, 0, 0);
    byte[] echo = bytes(128, 0, 0, 0, 0, 0, 0, 0);
    all.put(
        "DHCP offer in a first fragment",
        new Hostile(
            own(
                IPV4,
                Frames.ipv4(new Frames.Ipv4(4, 5, FIRST_OF_MORE, UDP), "10.0.0.5", PEER, offer)),
            "dhcpv4-server"));
    all.put(
        "a later fragment over the ports of the first",
        new Hostile(
            own(IPV4, Frames.ipv4(new Frames.Ipv4(4, 5, 1, UDP), "10.0.0.5", PEER, offer)),
            ARRIVED));
    all.put(
        "a claim in the second fragment, an echo in the padding of the first",
        new Hostile(
            own(
                IPV6,
                Frames.ipv6(
                    LINK_LOCAL, ALL_NODES, 44, fragment(DESTINATION_OPTIONS, 0, true), toRouters),
                echo),
            "truncated"));
    all.put(
        "a DHCPv6 answer in the second fragment, other ports in the padding",
        new Hostile(
            own(
                IPV6,
                Frames.ipv6(
                    LINK_LOCAL, ALL_NODES, 44, fragment(DESTINATION_OPTIONS, 0, true), toServers),
                udp(1, 2)),
            "truncated"));
    all.put(
        "a claim in an atomic fragment",
        new Hostile(
            own(IPV6, Frames.ipv6(LINK_LOCAL, ALL_NODES, 44, fragment(ICMP6, 0, false), claim)),
            "nd-fragment"));
    all.put(
        "a claim in nested fragments",
        new Hostile(
            own(
                IPV6,
                Frames.ipv6(
                    LINK_LOCAL,
                    ALL_NODES,
                    44,
                    fragment(44, 0, false),
                    fragment(ICMP6, 0, false),
                    claim)),
            "nd-fragment"));
    all.put(
        "a later fragment of a foreign source",
        new Hostile(
            own(IPV6, Frames.ipv6("fd00::6", ALL_NODES, 44, fragment(ICMP6, 8, false), claim)),
            "ipv6-source"));
  }

  private static void extended(Map<String, Hostile> all) {
    byte[] claim = Frames.advertisement("fd00::6", Frames.tlla(MAC));
    byte[] packet =
        Frames.ipv6(LINK_LOCAL, ALL_NODES, 0, bytes(ICMP6, 0, 0xc2, 4, 0, 0, 0, 40), claim);
    packet[4] = 0;
    packet[5] = 0;
    all.put("a claim in a jumbogram", new Hostile(own(IPV6, packet), "truncated"));
    byte[] authenticated = join(bytes(ICMP6, 1), new byte[10]);
    all.put(
        "a claim behind an authentication header",
        new Hostile(
            own(IPV6, Frames.ipv6(LINK_LOCAL, ALL_NODES, AUTHENTICATION, authenticated, claim)),
            "nd-extension-header"));
    all.put(
        "something encrypted",
        new Hostile(own(IPV6, Frames.ipv6(LINK_LOCAL, ALL_NODES, ENCRYPTED, claim)), ARRIVED));
    byte[] many = new byte[0];
    for (int i = 0; i < 7; i++) {
      many = join(many, Frames.options(i < 6 ? DESTINATION_OPTIONS : ICMP6));
    }
    all.put(
        "a claim behind seven headers",
        new Hostile(
            own(IPV6, Frames.ipv6(LINK_LOCAL, ALL_NODES, DESTINATION_OPTIONS, many, claim)),
            "ipv6-extension-limit"));
  }

  /** Queries of a multicast router: the switch listens to none, so they can move nothing. */
  private static void multicast(Map<String, Hostile> all) {
    byte[] query = bytes(0x11, 100, 0, 0, 0, 0, 0, 0);
    all.put(
        "IGMP query",
        new Hostile(own(IPV4, Frames.ipv4("10.0.0.5", "224.0.0.1", IGMP, query)), ARRIVED));
    all.put(
        "MLD query",
        new Hostile(
            own(
                IPV6,
                Frames.ipv6(1, LINK_LOCAL, ALL_NODES, ICMP6, Frames.icmp6(130, new byte[20]))),
            ARRIVED));
    all.put(
        "MLD query of a foreign source",
        new Hostile(
            own(IPV6, Frames.ipv6(1, "fe80::6", ALL_NODES, ICMP6, Frames.icmp6(130, new byte[20]))),
            "ipv6-source"));
  }
}
