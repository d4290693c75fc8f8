package io.arbalest.antispoof;

import static io.arbalest.antispoof.Frames.ICMP6;
import static io.arbalest.antispoof.Frames.IPV4;
import static io.arbalest.antispoof.Frames.IPV6;
import static io.arbalest.antispoof.Frames.LINK_LOCAL;
import static io.arbalest.antispoof.Frames.MAC;
import static io.arbalest.antispoof.Frames.OTHER_MAC;
import static io.arbalest.antispoof.Frames.UDP;
import static io.arbalest.antispoof.Frames.advertisement;
import static io.arbalest.antispoof.Frames.bootp;
import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.clientId;
import static io.arbalest.antispoof.Frames.cut;
import static io.arbalest.antispoof.Frames.duidLl;
import static io.arbalest.antispoof.Frames.fragment;
import static io.arbalest.antispoof.Frames.icmp6;
import static io.arbalest.antispoof.Frames.ip;
import static io.arbalest.antispoof.Frames.ipv6;
import static io.arbalest.antispoof.Frames.join;
import static io.arbalest.antispoof.Frames.option;
import static io.arbalest.antispoof.Frames.option6;
import static io.arbalest.antispoof.Frames.options;
import static io.arbalest.antispoof.Frames.own;
import static io.arbalest.antispoof.Frames.slla;
import static io.arbalest.antispoof.Frames.solicitation;
import static io.arbalest.antispoof.Frames.tcp;
import static io.arbalest.antispoof.Frames.tlla;
import static io.arbalest.antispoof.Frames.u16;
import static io.arbalest.antispoof.Frames.udp;

import io.arbalest.antispoof.DecisionTable.Policy;
import io.arbalest.antispoof.Frames.Bootp;
import io.arbalest.antispoof.Frames.Ipv4;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.Topic;
import java.util.HexFormat;

/** Rows in the form of illumos that its table does not spell out, down to the last byte. */
final class CompatRows {
  private static final PortPolicy ALL = Policies.fixed().modes("illumos-compat").policy();
  private static final PortPolicy DYNAMIC = Policies.empty().modes("illumos-compat").policy();
  private static final PortPolicy DHCP =
      Policies.fixed().modes("dhcp-nospoof", "illumos-compat").policy();
  private static final String OWN = "10.0.0.5";
  private static final String PEER6 = "fd00::9";
  private static final byte[] END = bytes(255);

  private CompatRows() {}

  static void addTo(DecisionTable table) {
    link(table);
    ipv4(table);
    dhcp(table);
    identifiers(table);
    headers(table);
    dhcp6(table);
    identifiers6(table);
    neighbours(table);
  }

  private static void link(DecisionTable table) {
    byte[] shortTag = cut(own(0x8100, u16(0, 0x8100, 7), new byte[2]), 20);
    table.pass(
        "second tag cut under mac-nospoof",
        Policy.of(Policies.fixed().modes("mac-nospoof", "illumos-compat").policy()),
        Frame.received(shortTag));
    table.pass(
        "a tag that is there in full",
        Policy.of(Policies.fixed().modes("mac-nospoof", "illumos-compat").policy()),
        Frame.of(own(0x8100, u16(7, IPV4))));
    PortPolicy mac = Policies.fixed().modes("mac-nospoof", "illumos-compat").policy();
    table.pass("another EtherType, short", mac, own(0x88cc, new byte[2]));
    table.pass("another EtherType beyond, short", mac, own(0x8200, new byte[2]));
    for (int type : new int[] {0x8100, 0x88a8, 0x9100, 0x9200}) {
      Frame twice = Frame.received(own(0x8100, u16(0, type, 7, IPV4), new byte[9]));
      table.drop("8 inner tag %04x".formatted(type), Policy.of(ALL), DropReason.VLAN_TAG, twice);
    }
    for (int control : new int[] {1, 0x800}) {
      Frame vid = Frame.received(own(0x8100, u16(control, IPV4), new byte[30]));
      table.drop("6 control " + control, Policy.of(ALL), DropReason.VLAN_TAG, vid);
    }
    table.drop("greatest length", ALL, DropReason.LLC, own(0x05ff, new byte[46]));
    table.drop("least EtherType", ALL, DropReason.ETHERTYPE, own(0x0600, new byte[46]));
    table.pass(
        "no mode",
        Policy.of(DecisionTable.OPEN),
        Frame.received(own(0x8100, u16(0x1007, IPV4), new byte[9])));
    PortPolicy second = Policies.fixed().macs(Policies.SECOND_MAC).modes("illumos-compat").policy();
    table.drop(
        "3 all modes", second, DropReason.SOURCE_MAC, Frames.ethernet(Policies.SECOND_MAC, IPV4));
  }

  private static byte[] raw(byte[] bootp) {
    return own(IPV4, Frames.ipv4(OWN, "10.0.0.1", UDP, udp(68, 67, bootp)));
  }

  private static byte[] client(byte[]... options) {
    return raw(bootp(Bootp.REQUEST, options));
  }

  private static void ipv4(DecisionTable table) {
    byte[] tiny = own(IPV4, Frames.ipv4(new Ipv4(4, 0, 0, UDP), OWN, "10.0.0.9"));
    table.pass("header of no length", ALL, tiny);
    byte[] empty = own(IPV4, Frames.ipv4(OWN, "10.0.0.9", UDP, u16(1, 2, 8, 0)));
    table.pass("UDP header alone", ALL, empty);
    table.drop("UDP header cut", DHCP, DropReason.DHCP_FORMAT, cut(empty, 41));
    byte[] message = udp(67, 68, Frames.dhcp(1, OTHER_MAC));
    table.pass(
        "TCP of the ports of DHCP",
        ALL,
        own(IPV4, Frames.ipv4(OWN, "10.0.0.9", Frames.TCP, message)));
    table.pass(
        "SCTP of the ports of DHCP", ALL, own(IPV4, Frames.ipv4(OWN, "10.0.0.9", 132, message)));
    table.pass("shortest header", ALL, own(IPV4, Frames.ipv4(OWN, "10.0.0.9", 59)));
    for (int port : new int[] {67, 68}) {
      byte[] bad = Frames.dhcp(1, OTHER_MAC);
      table.drop(
          "from port " + port,
          DHCP,
          DropReason.DHCPV4_CHADDR,
          own(IPV4, Frames.ipv4(OWN, "10.0.0.9", UDP, udp(port, 9, bad))));
      table.drop(
          "to port " + port,
          DHCP,
          DropReason.DHCPV4_CHADDR,
          own(IPV4, Frames.ipv4(OWN, "10.0.0.9", UDP, udp(9, port, bad))));
    }
    for (int port : new int[] {66, 69}) {
      byte[] near = udp(port, port, bootp(new Bootp(1, 1, 6, OTHER_MAC)));
      table.pass("port " + port, ALL, own(IPV4, Frames.ipv4(OWN, "10.0.0.9", UDP, near)));
    }
    byte[] later = Frames.ipv4(new Ipv4(4, 5, 0x2001, UDP), OWN, "10.0.0.9", udp(68, 67));
    table.pass("second fragment", ALL, own(IPV4, later));
    byte[] last = Frames.ipv4(new Ipv4(4, 5, 1, UDP), OWN, "10.0.0.9", udp(68, 67));
    table.pass("second and last fragment", ALL, own(IPV4, last));
    table.drop(
        "behind IPv4 options",
        DHCP,
        DropReason.DHCPV4_CHADDR,
        own(
            IPV4,
            Frames.ipv4(
                new Ipv4(4, 7, 0, UDP), OWN, "10.0.0.1", udp(68, 67, Frames.dhcp(1, OTHER_MAC)))));
  }

  private static void dhcp(DecisionTable table) {
    table.pass("41 one byte short", DHCP, cut(raw(bootp(new Bootp(1, 1, 6, OTHER_MAC))), 281));
    table.drop(
        "just long enough",
        DHCP,
        DropReason.DHCPV4_CHADDR,
        raw(bootp(new Bootp(1, 1, 6, OTHER_MAC))));
    table.pass("44 hlen 7", DHCP, raw(bootp(new Bootp(1, 1, 7, OTHER_MAC), END)));
    table.note(
        "method on",
        Policies.fixed().methods("dhcpv4").modes("illumos-compat").policy(),
        Topic.DHCPV4,
        client(END));
    PortPolicy any = Policies.fixed().modes("dhcp-nospoof", "illumos-compat").anyClient().policy();
    table.pass("47 any", any, client(clientId(OTHER_MAC), END));
    table.drop(
        "any identifier, but not any MAC",
        any,
        DropReason.DHCPV4_CHADDR,
        raw(bootp(new Bootp(1, 1, 6, OTHER_MAC), END)));
  }

  private static void identifiers(DecisionTable table) {
    byte[] other = clientId(OTHER_MAC);
    identifier(table, "behind padding", client(bytes(0, 0, 0), other, END));
    identifier(table, "behind an empty one", client(option(61, bytes()), other, END));
    identifier(
        table,
        "behind other options",
        client(option(12, bytes(61, 7)), option(50, new byte[4]), other, END));
    table.pass("first one decides", DHCP, client(clientId(MAC), other, END));
    table.pass("after the end", DHCP, client(END, other));
    table.pass("no end", DHCP, client(option(12, bytes(1))));
    table.pass("kind alone", DHCP, client(bytes(61)));
    table.pass("pad alone", DHCP, client(bytes(0)));
    table.pass("runs over the end", DHCP, client(bytes(12, 9, 1)));
    table.drop(
        "identifier runs over the end",
        DHCP,
        DropReason.DHCP_OPTION_MALFORMED,
        client(bytes(61, 2, 1)));
    identifier(table, "up to the end", client(bytes(61, 2, 1, 1)));
    identifier(table, "one byte", client(bytes(61, 1, 1)));
    for (byte[] foreign : Dhcpv4Rows.FOREIGN) {
      identifier(table, HexFormat.of().formatHex(foreign), client(option(61, foreign), END));
    }
    table.pass(
        "of options 60 and 62",
        DHCP,
        client(option(60, OTHER_MAC.toBytes()), option(62, OTHER_MAC.toBytes()), END));
    table.pass("254 is no end", DHCP, client(option(254, bytes(1)), clientId(MAC), END));
    identifier(table, "behind 254", client(option(254, bytes(1)), other, END));
    table.pass("after the end, which has no length", DHCP, client(END, bytes(0), other));
    table.pass("2048 options", DHCP, client(new byte[2049]));
    table.drop("2049 options", DHCP, DropReason.DHCP_OPTION_LIMIT, client(new byte[2050]));
  }

  private static void identifier(DecisionTable table, String name, byte[] frame) {
    table.drop("46 " + name, DHCP, DropReason.DHCPV4_CLIENT_ID, frame);
  }

  private static byte[] link(int next, byte[]... payload) {
    return own(IPV6, ipv6(LINK_LOCAL, PEER6, next, payload));
  }

  private static void headers(DecisionTable table) {
    byte[] foreign = udp(546, 547, Frames.dhcp6(1, option6(1, duidLl(OTHER_MAC))));
    for (int header : new int[] {0, 43, 60}) {
      identifier6(table, "behind header " + header, link(header, options(UDP), foreign));
    }
    identifier6(table, "behind two units", link(60, bytes(UDP, 1), new byte[14], foreign));
    byte[] chain = join(options(0), options(43), options(60), options(UDP));
    identifier6(table, "behind five headers", link(60, chain, foreign));
    table.pass("one header of another kind", DHCP, link(44, fragment(51, 0, false), foreign));
    table.pass("later fragment, IPv6", DHCP, link(44, fragment(UDP, 8, false), foreign));
    table.drop(
        "two fragment headers",
        DHCP,
        DropReason.DHCP_FRAGMENT,
        link(44, fragment(44, 8, true), fragment(UDP, 0, false), foreign));
    table.pass(
        "two fragment headers, last one later",
        DHCP,
        link(44, fragment(44, 0, true), fragment(UDP, 8, false), foreign));
    byte[] reserved = fragment(UDP, 8, false);
    reserved[1] = (byte) 200;
    table.pass("fragment header with another second byte", DHCP, link(44, reserved, foreign));
    table.drop(
        "header cut, and then TCP",
        DHCP,
        DropReason.DHCP_FORMAT,
        link(60, bytes(Frames.TCP, 1), new byte[6]));
    table.pass("shortest packet", ALL, link(59));
    table.pass("no ICMPv6", ALL, link(59, advertisement("fd00::6")));
    table.drop("one byte of anything", DHCP, DropReason.DHCP_FORMAT, link(Frames.TCP, new byte[1]));
    table.pass(
        "one byte of anything under ip-nospoof",
        Policies.fixed().modes("ip-nospoof", "illumos-compat").policy(),
        link(Frames.TCP, new byte[1]));
    table.pass("two bytes of anything", DHCP, link(Frames.TCP, new byte[2]));
    table.pass("nothing", DHCP, link(59));
    table.pass("nothing of UDP behind options", DHCP, link(60, options(59)));
    table.drop("no header though announced", DHCP, DropReason.DHCP_FORMAT, link(60));
    table.drop(
        "no second header though announced", DHCP, DropReason.DHCP_FORMAT, link(60, options(60)));
    table.drop(
        "fragment header cut",
        DHCP,
        DropReason.DHCP_FORMAT,
        link(44, cut(fragment(UDP, 0, true), 7)));
    table.drop(
        "header cut by a byte", DHCP, DropReason.DHCP_FORMAT, link(60, cut(options(UDP), 7)));
    byte[] many = new byte[8 * 256];
    for (int at = 0; at < many.length; at += 8) {
      many[at] = 60;
    }
    many[many.length - 8] = 59;
    table.pass("256 headers", DHCP, link(60, many, new byte[2]));
    many[many.length - 8] = 60;
    table.drop(
        "257 headers",
        DHCP,
        DropReason.IPV6_EXTENSION_LIMIT,
        link(60, many, options(59), new byte[2]));
    table.drop("40 UDP header cut", DHCP, DropReason.DHCP_FORMAT, link(UDP, cut(udp(1, 2), 7)));
    table.pass(
        "40 UDP header cut under ip-nospoof",
        Policies.fixed().modes("ip-nospoof", "illumos-compat").policy(),
        link(UDP, cut(udp(1, 2), 7)));
    table.pass("UDP header alone, IPv6", DHCP, link(UDP, udp(1, 2)));
    for (int port : new int[] {545, 548}) {
      byte[] near = udp(port, port, Frames.dhcp6(1, option6(1, duidLl(OTHER_MAC))));
      table.pass("port " + port, DHCP, link(UDP, near));
    }
  }

  private static byte[] client6(int type, byte[]... options) {
    return link(UDP, udp(546, 547, Frames.dhcp6(type, options)));
  }

  private static void dhcp6(DecisionTable table) {
    byte[] other = option6(1, duidLl(OTHER_MAC));
    table.pass("92", ALL, link(UDP, udp(546, 547, new byte[3])));
    table.drop(
        "just long enough, IPv6",
        ALL,
        DropReason.DHCPV6_CLIENT,
        link(UDP, udp(546, 547, new byte[4])));
    table.note(
        "method on, IPv6",
        Policies.fixed().methods("dhcpv6").modes("illumos-compat").policy(),
        Topic.DHCPV6,
        client6(11));
    for (int type : new int[] {2, 7, 10}) {
      table.pass("90 type " + type, DHCP, client6(type, other));
    }
    for (int type : new int[] {1, 3, 6, 8, 9, 11}) {
      identifier6(table, "type " + type, client6(type, other));
    }
    for (int port : new int[] {546, 547}) {
      byte[] message = Frames.dhcp6(1, other);
      identifier6(table, "from port " + port, link(UDP, udp(port, 9, message)));
      identifier6(table, "to port " + port, link(UDP, udp(9, port, message)));
    }
    table.drop(
        "90 odd port",
        DHCP,
        DropReason.DHCPV6_CLIENT_ID,
        link(UDP, udp(547, 9, Frames.dhcp6(1, other))));
    table.drop(
        "90 to the client port",
        DHCP,
        DropReason.DHCPV6_CLIENT_ID,
        link(UDP, udp(9, 546, Frames.dhcp6(1, other))));
    PortPolicy any = Policies.fixed().modes("dhcp-nospoof", "illumos-compat").anyClient().policy();
    table.pass("88 any", any, client6(1, other));
    byte[] tcp = own(IPV6, ipv6(64, "fd00::5", PEER6, Frames.TCP, tcp(546, 547)));
    table.pass("TCP of the ports of DHCPv6", DHCP, tcp);
  }

  private static void identifiers6(DecisionTable table) {
    byte[] other = option6(1, duidLl(OTHER_MAC));
    identifier6(table, "behind an empty one", client6(1, option6(1, bytes()), other));
    identifier6(table, "behind other options", client6(1, option6(8, bytes(0, 1)), other));
    for (byte[] foreign : Dhcpv6Rows.FOREIGN) {
      identifier6(table, HexFormat.of().formatHex(foreign), client6(1, option6(1, foreign)));
    }
    table.pass("89 one byte decides", DHCP, client6(1, option6(1, bytes(1)), other));
    table.pass("first one decides, IPv6", DHCP, client6(1, option6(1, duidLl(MAC)), other));
    table.pass("runs over the end, IPv6", DHCP, client6(1, cut(other, 13)));
    table.pass("three bytes", DHCP, client6(1, bytes(0, 1, 0)));
    table.pass("after one that runs over the end", DHCP, client6(1, bytes(0, 8, 1, 0), other));
    byte[] many = new byte[4 * 512];
    table.pass("512 options", DHCP, client6(1, many));
    table.drop("513 options", DHCP, DropReason.DHCP_OPTION_LIMIT, client6(1, many, new byte[4]));
  }

  private static void identifier6(DecisionTable table, String name, byte[] frame) {
    table.drop("87 " + name, DHCP, DropReason.DHCPV6_CLIENT_ID, frame);
  }

  private static byte[] nd(byte[] message) {
    return link(ICMP6, message);
  }

  private static void neighbours(DecisionTable table) {
    byte[] foreign = slla(OTHER_MAC);
    byte[] nonce = bytes(14, 1, 1, 2, 3, 4, 5, 6);
    linkAddress(table, "behind another option", nd(solicitation(PEER6, nonce, foreign)));
    linkAddress(table, "of an RA", nd(icmp6(134, new byte[12], foreign)));
    linkAddress(table, "of an RS", nd(icmp6(133, new byte[4], foreign)));
    linkAddress(table, "in the padding", join(nd(solicitation(PEER6)), foreign));
    table.pass("first link address decides", ALL, nd(solicitation(PEER6, slla(MAC), foreign)));
    table.pass("TLLA of a solicitation", ALL, nd(solicitation(PEER6, tlla(OTHER_MAC))));
    table.pass("SLLA of an advertisement", ALL, nd(advertisement(LINK_LOCAL, foreign)));
    table.pass("redirect", ALL, nd(icmp6(137, new byte[4], ip(PEER6), ip(PEER6), foreign)));
    table.pass("two bytes of an option", ALL, nd(solicitation(PEER6, bytes(1, 0))));
    malformed(table, "three bytes of an option", nd(solicitation(PEER6, bytes(14, 1, 0))));
    malformed(table, "over the end", nd(solicitation(PEER6, bytes(14, 2, 0, 0, 0, 0, 0, 0))));
    malformed(table, "zeros behind", join(nd(solicitation(PEER6)), new byte[8]));
    table.drop("78 echo", ALL, DropReason.IPV6_LENGTH, nd(cut(icmp6(128, new byte[4]), 7)));
    table.pass("78 echo of least length", ALL, nd(icmp6(128, new byte[4])));
    table.pass("78 RA of least length", ALL, nd(icmp6(134, new byte[12])));
    table.drop("78 RA", ALL, DropReason.IPV6_LENGTH, nd(icmp6(134, new byte[11])));
    table.pass("78 redirect of least length", ALL, nd(icmp6(137, new byte[36])));
    table.drop("78 redirect", ALL, DropReason.IPV6_LENGTH, nd(icmp6(137, new byte[35])));
    table.pass("advertisement of ::", ALL, nd(advertisement("::")));
    byte[] reserved = advertisement("::");
    reserved[7] = 1;
    table.pass("advertisement of ::, reserved bits set", ALL, nd(reserved));
    for (String target : new String[] {"100::", "0:0:0:1::", "0:0:0:0:100::", "::1"}) {
      table.drop(
          "advertisement of " + target, ALL, DropReason.ND_TARGET, nd(advertisement(target)));
    }
    table.drop(
        "advertisement with the own end", ALL, DropReason.ND_TARGET, nd(advertisement("fd01::5")));
    table.pass(
        "DAD without a method",
        ALL,
        own(IPV6, ipv6("::", "ff02::1", ICMP6, solicitation("fd00::6"))));
    table.pass(
        "DAD is not shown",
        DYNAMIC,
        own(IPV6, ipv6("::", "ff02::1", ICMP6, solicitation("fd00::6"))));
    table.pass("message 138", ALL, nd(icmp6(138, new byte[4], new byte[2])));
    table.pass("message 132", ALL, nd(icmp6(132, new byte[4], new byte[2])));
    table.pass(
        "hop limit 64", ALL, own(IPV6, ipv6(64, LINK_LOCAL, PEER6, ICMP6, solicitation(PEER6))));
    byte[] many = new byte[8 * 256];
    for (int at = 0; at < many.length; at += 8) {
      many[at] = 20;
      many[at + 1] = 1;
    }
    table.pass("256 options", ALL, nd(solicitation(PEER6, many)));
    table.drop(
        "257 options", ALL, DropReason.ND_OPTION_LIMIT, nd(solicitation(PEER6, many, nonce)));
  }

  private static void malformed(DecisionTable table, String name, byte[] frame) {
    table.drop("79 " + name, ALL, DropReason.ND_OPTION_MALFORMED, frame);
  }

  private static void linkAddress(DecisionTable table, String name, byte[] frame) {
    table.drop("69 " + name, ALL, DropReason.ND_LINK_ADDRESS, frame);
  }
}
