package io.arbalest.antispoof;

import static io.arbalest.antispoof.Frames.ICMP6;
import static io.arbalest.antispoof.Frames.IPV6;
import static io.arbalest.antispoof.Frames.LINK_LOCAL;
import static io.arbalest.antispoof.Frames.MAC;
import static io.arbalest.antispoof.Frames.OTHER_MAC;
import static io.arbalest.antispoof.Frames.advertisement;
import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.fragment;
import static io.arbalest.antispoof.Frames.icmp6;
import static io.arbalest.antispoof.Frames.ip;
import static io.arbalest.antispoof.Frames.ipv6;
import static io.arbalest.antispoof.Frames.join;
import static io.arbalest.antispoof.Frames.options;
import static io.arbalest.antispoof.Frames.own;
import static io.arbalest.antispoof.Frames.slla;
import static io.arbalest.antispoof.Frames.solicitation;
import static io.arbalest.antispoof.Frames.tlla;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Topic;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;

/** Rows on neighbour discovery. */
final class NeighbourRows {
  private static final MacAddress EVEN = MacAddress.parse("2:8:20:11:22:34");
  private static final String PEER = "fd00::9";
  private static final String OWN = "fd00::5";
  private static final String SOLICITED_NODE = "ff02::1:ff00:5";

  private NeighbourRows() {}

  static void addTo(DecisionTable table) {
    probes(table);
    routerSolicitations(table);
    linkAddresses(table);
    targets(table);
    routers(table);
    optionLists(table);
    hiding(table);
  }

  private static byte[] nd(String source, String destination, byte[] message) {
    return own(IPV6, ipv6(source, destination, ICMP6, message));
  }

  private static byte[] nd(byte[] message) {
    return nd(LINK_LOCAL, PEER, message);
  }

  private static void probes(DecisionTable table) {
    table.pass("67 DAD", nd("::", SOLICITED_NODE, solicitation(OWN)));
    table.pass("67 DAD, link-local", nd("::", "ff02::1:ff11:2233", solicitation(LINK_LOCAL)));
    table.pass(
        "67 DAD with a nonce (RFC 7527)",
        nd("::", SOLICITED_NODE, solicitation(OWN, bytes(14, 1, 1, 2, 3, 4, 5, 6))));
    byte[] foreign = nd("::", "ff02::1:ff00:6", solicitation("fd00::6"));
    table.drop("67 stricter: foreign target", DropReason.ND_TARGET, foreign);
    table.note("67 any target while learning", DecisionTable.DYNAMIC, Topic.ND, foreign);
    table.pass("67 any target under mac-nospoof", DecisionTable.MAC_ONLY, foreign);
    table.drop(
        "67 with SLLA",
        DropReason.ND_PROBE_FORMAT,
        nd("::", SOLICITED_NODE, solicitation(OWN, slla(MAC))));
    table.note("67 any target while learning from RAs", DecisionTable.SLAAC, Topic.ND, foreign);
    table.pass("67 any target while learning by DHCPv6", DecisionTable.DHCPV6, foreign);
    table.drop(
        "67 to another group",
        DropReason.ND_PROBE_FORMAT,
        nd("::", "ff02::2:ff00:5", solicitation(OWN)));
    table.drop(
        "67 to the routers", DropReason.ND_PROBE_FORMAT, nd("::", "ff02::2", solicitation(OWN)));
    table.drop("67 to a host", DropReason.ND_PROBE_FORMAT, nd("::", PEER, solicitation(OWN)));
    table.drop(
        "67 to all nodes", DropReason.ND_PROBE_FORMAT, nd("::", "ff02::1", solicitation(OWN)));
    table.drop(
        "67 to a wider scope",
        DropReason.ND_PROBE_FORMAT,
        nd("::", "ff05::1:ff00:5", solicitation(OWN)));
    table.drop(
        "advertisement from ::",
        DropReason.IPV6_SOURCE_UNSPECIFIED,
        nd("::", "ff02::1", advertisement(OWN)));
  }

  private static void routerSolicitations(DecisionTable table) {
    byte[] plain = icmp6(133, new byte[4]);
    table.pass("75 from link-local", nd(LINK_LOCAL, "ff02::2", plain));
    table.pass("75 from link-local, SLLA", nd(LINK_LOCAL, "ff02::2", join(plain, slla(MAC))));
    table.drop(
        "75 foreign SLLA",
        DropReason.ND_LINK_ADDRESS,
        nd(LINK_LOCAL, "ff02::2", join(plain, slla(OTHER_MAC))));
    table.pass("75 from ::", nd("::", "ff02::2", plain));
    table.drop(
        "75 from :: with SLLA",
        DropReason.ND_PROBE_FORMAT,
        nd("::", "ff02::2", join(plain, slla(MAC))));
    table.drop("75 from :: to all nodes", DropReason.ND_PROBE_FORMAT, nd("::", "ff02::1", plain));
    table.drop("75 from :: to ff02::3", DropReason.ND_PROBE_FORMAT, nd("::", "ff02::3", plain));
    table.drop(
        "75 from :: to a solicited node",
        DropReason.ND_PROBE_FORMAT,
        nd("::", SOLICITED_NODE, plain));
    table.drop("78 cut", DropReason.TRUNCATED, nd(LINK_LOCAL, "ff02::2", bytes(133, 0, 0)));
  }

  private static void linkAddresses(DecisionTable table) {
    table.pass("68 own SLLA", nd(solicitation(PEER, slla(MAC))));
    table.drop("69 foreign", DropReason.ND_LINK_ADDRESS, nd(solicitation(PEER, slla(OTHER_MAC))));
    table.drop(
        "69 foreign under mac-nospoof alone",
        DecisionTable.MAC_ONLY,
        DropReason.ND_LINK_ADDRESS,
        nd(solicitation(PEER, slla(OTHER_MAC))));
    table.drop(
        "69 two units long",
        DropReason.ND_OPTION_MALFORMED,
        nd(solicitation(PEER, bytes(1, 2), MAC.toBytes(), new byte[8])));
    table.drop(
        "69 foreign under ip-nospoof alone",
        DecisionTable.IP_ONLY,
        DropReason.ND_LINK_ADDRESS,
        nd(solicitation(PEER, slla(OTHER_MAC))));
    table.pass("70 without options", nd(solicitation(PEER)));
    table.drop(
        "foreign TLLA in a solicitation",
        DropReason.ND_LINK_ADDRESS,
        nd(solicitation(PEER, tlla(OTHER_MAC))));
    table.drop(
        "74 foreign TLLA", DropReason.ND_LINK_ADDRESS, nd(advertisement(OWN, tlla(OTHER_MAC))));
    table.drop(
        "foreign SLLA in an advertisement",
        DropReason.ND_LINK_ADDRESS,
        nd(advertisement(OWN, slla(OTHER_MAC))));
  }

  private static void targets(DecisionTable table) {
    table.pass("71 own address", nd(OWN, PEER, advertisement(OWN, tlla(MAC))));
    table.drop(
        "71 not learned",
        DecisionTable.DYNAMIC,
        DropReason.ND_TARGET,
        nd(advertisement(OWN, tlla(MAC))));
    table.pass("72 link-local", nd(advertisement(LINK_LOCAL, tlla(MAC))));
    table.pass("72 link-local without TLLA", nd(advertisement(LINK_LOCAL)));
    table.drop("73 foreign", DropReason.ND_TARGET, nd(advertisement("fd00::6", tlla(MAC))));
    table.pass(
        "73 foreign under mac-nospoof alone",
        DecisionTable.MAC_ONLY,
        nd(advertisement("fd00::6", tlla(MAC))));
    for (String target :
        new String[] {
          "fd00::8:20ff:fe11:2233", "fec0::8:20ff:fe11:2233", "fe80::1", "fe80::9:0:0:0"
        }) {
      table.drop("73 " + target, DropReason.ND_TARGET, nd(advertisement(target)));
    }
    table.pass(
        "72 link-local of another VNIC",
        PortPolicy.of(EVEN, IpPrefix.parse(OWN)),
        Frames.ethernet(
            EVEN, IPV6, ipv6(OWN, PEER, ICMP6, advertisement("fe80::8:20ff:fe11:2234"))));
    byte[] cut = advertisement(OWN);
    table.drop("78 cut target", DropReason.TRUNCATED, nd(Frames.cut(cut, 23)));
    byte[] padded = nd(advertisement(OWN));
    padded[19] = 23;
    table.drop("78 target half in the padding", DropReason.TRUNCATED, padded);
  }

  private static void routers(DecisionTable table) {
    byte[] advertisement = nd(icmp6(134, new byte[12], slla(MAC)));
    byte[] redirect = nd(icmp6(137, new byte[4], ip(PEER), ip(PEER), tlla(OTHER_MAC)));
    table.drop("76 stricter: RA", DropReason.ND_ROUTER_ADVERTISEMENT, advertisement);
    table.drop("77 stricter: redirect", DropReason.ND_REDIRECT, redirect);
    table.pass("76 RA, granted", DecisionTable.GRANTED, advertisement);
    table.pass("77 redirect, granted", DecisionTable.GRANTED, redirect);
    table.drop(
        "77 redirect from ::, granted",
        DecisionTable.GRANTED,
        DropReason.IPV6_SOURCE_UNSPECIFIED,
        nd("::", PEER, icmp6(137, new byte[4], ip(PEER), ip(PEER))));
    byte[] bare = icmp6(137, new byte[4], ip(PEER), ip(PEER));
    table.pass("77 redirect without options, granted", DecisionTable.GRANTED, nd(bare));
    table.drop(
        "77 redirect cut, granted",
        DecisionTable.GRANTED,
        DropReason.TRUNCATED,
        nd(Frames.cut(bare, 39)));
    table.pass(
        "76 RA without options, granted", DecisionTable.GRANTED, nd(icmp6(134, new byte[12])));
    table.drop(
        "76 RA cut, granted",
        DecisionTable.GRANTED,
        DropReason.TRUNCATED,
        nd(icmp6(134, new byte[11])));
    table.pass(
        "router renumbering is no ND",
        own(IPV6, ipv6(64, OWN, PEER, ICMP6, icmp6(138, new byte[12]))));
    byte[] prefix = bytes(3, 4, 64, 0xc0);
    table.pass(
        "76 RA with two prefixes, granted",
        DecisionTable.GRANTED,
        nd(icmp6(134, new byte[12], prefix, new byte[28], prefix, new byte[28])));
    table.drop(
        "76 RA with a foreign SLLA, granted",
        DecisionTable.GRANTED,
        DropReason.ND_LINK_ADDRESS,
        nd(icmp6(134, new byte[12], slla(OTHER_MAC))));
  }

  private static void optionLists(DecisionTable table) {
    byte[] nonce = bytes(14, 1, 1, 2, 3, 4, 5, 6);
    table.pass("options in any order", nd(solicitation(PEER, nonce, slla(MAC))));
    table.drop(
        "79 length zero", DropReason.ND_OPTION_MALFORMED, nd(solicitation(PEER, new byte[8])));
    table.drop(
        "longer than the message",
        DropReason.ND_OPTION_MALFORMED,
        nd(solicitation(PEER, bytes(14, 2, 0, 0, 0, 0, 0, 0))));
    table.drop(
        "half an option", DropReason.ND_OPTION_MALFORMED, nd(solicitation(PEER, bytes(14, 1))));
    table.drop(
        "the same twice",
        DropReason.ND_OPTION_DUPLICATE,
        nd(solicitation(PEER, slla(MAC), slla(MAC))));
    table.drop(
        "own first, then foreign",
        DropReason.ND_OPTION_DUPLICATE,
        nd(solicitation(PEER, slla(MAC), slla(OTHER_MAC))));
    table.pass(
        "unknown types beyond 63 may repeat",
        nd(solicitation(PEER, bytes(253, 1), new byte[6], bytes(253, 1), new byte[6])));
    table.pass("type 0", nd(solicitation(PEER, bytes(0, 1), new byte[6])));
    byte[] last = bytes(63, 1, 0, 0, 0, 0, 0, 0);
    table.drop("63 twice", DropReason.ND_OPTION_DUPLICATE, nd(solicitation(PEER, last, last)));
    byte[] first = bytes(64, 1, 0, 0, 0, 0, 0, 0);
    table.pass("64 twice", nd(solicitation(PEER, first, first)));
    table.pass("six options", nd(solicitation(PEER, many(6))));
    table.drop("seven options", DropReason.ND_OPTION_LIMIT, nd(solicitation(PEER, many(7))));
    byte[] trailer = join(nd(solicitation(PEER)), tlla(OTHER_MAC));
    table.pass("what follows the packet is padding", trailer);
  }

  private static byte[] many(int count) {
    byte[] options = new byte[8 * count];
    for (int i = 0; i < count; i++) {
      options[8 * i] = (byte) (20 + i);
      options[8 * i + 1] = 1;
    }
    return options;
  }

  private static void hiding(DecisionTable table) {
    byte[] spoof = advertisement("fd00::6", tlla(MAC));
    byte[] honest = advertisement(OWN, tlla(MAC));
    table.drop(
        "80 stricter: behind hop-by-hop",
        DropReason.ND_EXTENSION_HEADER,
        own(IPV6, ipv6(LINK_LOCAL, PEER, 0, options(ICMP6), spoof)));
    table.drop(
        "80 stricter: behind destination options, honest",
        DropReason.ND_EXTENSION_HEADER,
        own(IPV6, ipv6(LINK_LOCAL, PEER, 60, options(ICMP6), honest)));
    for (int header : new int[] {43, 60, 135, 139, 140}) {
      table.drop(
          "80 stricter: behind header " + header,
          DropReason.ND_EXTENSION_HEADER,
          own(IPV6, ipv6(LINK_LOCAL, PEER, header, options(ICMP6), spoof)));
    }
    table.drop(
        "80 stricter: behind AH",
        DropReason.ND_EXTENSION_HEADER,
        own(IPV6, ipv6(LINK_LOCAL, PEER, 51, bytes(ICMP6, 4), new byte[22], spoof)));
    table.drop(
        "80 stricter: in a first fragment",
        DropReason.ND_FRAGMENT,
        own(IPV6, ipv6(LINK_LOCAL, PEER, 44, fragment(ICMP6, 0, true), spoof)));
    table.drop(
        "80 stricter: in an atomic fragment",
        DropReason.ND_FRAGMENT,
        own(IPV6, ipv6(LINK_LOCAL, PEER, 44, fragment(ICMP6, 0, false), honest)));
    table.drop(
        "80 stricter: fragment behind options",
        DropReason.ND_FRAGMENT,
        own(IPV6, ipv6(LINK_LOCAL, PEER, 60, options(44), fragment(ICMP6, 0, true), honest)));
    table.drop(
        "from another link",
        DropReason.ND_HOP_LIMIT,
        own(IPV6, ipv6(254, LINK_LOCAL, PEER, ICMP6, honest)));
  }
}
