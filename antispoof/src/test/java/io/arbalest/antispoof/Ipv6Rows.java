package io.arbalest.antispoof;

import static io.arbalest.antispoof.Frames.ICMP6;
import static io.arbalest.antispoof.Frames.IPV6;
import static io.arbalest.antispoof.Frames.LINK_LOCAL;
import static io.arbalest.antispoof.Frames.TCP;
import static io.arbalest.antispoof.Frames.UDP;
import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.cut;
import static io.arbalest.antispoof.Frames.fragment;
import static io.arbalest.antispoof.Frames.icmp6;
import static io.arbalest.antispoof.Frames.ipv6;
import static io.arbalest.antispoof.Frames.join;
import static io.arbalest.antispoof.Frames.options;
import static io.arbalest.antispoof.Frames.own;
import static io.arbalest.antispoof.Frames.routerAlert;
import static io.arbalest.antispoof.Frames.tcp;
import static io.arbalest.antispoof.Frames.udp;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;

/** Rows on IPv6 and DHCPv6. */
final class Ipv6Rows {
  private static final String OWN = "fd00::5";
  private static final String PEER = "fd00::9";
  private static final MacAddress EVEN = MacAddress.parse("2:8:20:11:22:34");
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int DESTINATION = 60;

  private Ipv6Rows() {}

  static void addTo(DecisionTable table) {
    sources(table);
    unspecified(table);
    headers(table);
    extensions(table);
    dhcp(table);
  }

  private static byte[] frame(String source) {
    return own(IPV6, ipv6(64, source, PEER, TCP, tcp(1, 2)));
  }

  private static byte[] frame(int next, byte[]... payload) {
    return own(IPV6, ipv6(64, OWN, PEER, next, payload));
  }

  private static void sources(DecisionTable table) {
    table.pass("58 own link-local", frame(LINK_LOCAL));
    table.pass("58 own link-local, no address yet", DecisionTable.DYNAMIC, frame(LINK_LOCAL));
    table.drop("59 other link-local", DropReason.IPV6_SOURCE, frame("fe80::1234"));
    table.drop(
        "own interface id in another network",
        DropReason.IPV6_SOURCE,
        frame("fe80:0:0:1:8:20ff:fe11:2233"));
    table.pass("60 own address", frame(OWN));
    table.drop("60 not learned", DecisionTable.DYNAMIC, DropReason.IPV6_SOURCE, frame(OWN));
    table.drop("61 foreign", DropReason.IPV6_SOURCE, frame("fd00::6"));
    table.pass("61 under mac-nospoof alone", DecisionTable.MAC_ONLY, frame("fd00::6"));
    table.drop("65 group", DropReason.IPV6_SOURCE_GROUP, frame("ff02::1"));
    table.drop("65 loopback", DropReason.IPV6_SOURCE_LOOPBACK, frame("::1"));
    table.drop(
        "the address after the own", DropReason.IPV6_SOURCE, frame("fe80::8:20ff:fe11:2234"));
    for (String high : new String[] {"fe80::1", "fd00::ffff:1:2", "::1:0:0:1"}) {
      table.pass(high + " is no special address", DecisionTable.MAC_ONLY, frame(high));
    }
    table.pass(
        "own link-local of another VNIC",
        PortPolicy.of(EVEN, IpPrefix.parse(OWN)),
        Frames.ethernet(EVEN, IPV6, ipv6(64, "fe80::8:20ff:fe11:2234", PEER, TCP, tcp(1, 2))));
    table.pass("no address, mac-nospoof alone", DecisionTable.EMPTY_MAC_ONLY, frame(OWN));
    table.drop("no address", DecisionTable.EMPTY, DropReason.NO_ADDRESS, frame(LINK_LOCAL));
    byte[] mapped = frame("::");
    byte[] own4 = join(new byte[10], bytes(255, 255), Frames.ip("10.0.0.5"));
    System.arraycopy(own4, 0, mapped, 22, 16);
    table.drop("an allowed IPv4 address, mapped", DropReason.IPV6_SOURCE_MAPPED, mapped);
  }

  private static void unspecified(DecisionTable table) {
    byte[] report = icmp6(143, bytes(0, 0, 0, 1, 4, 0, 0, 0), Frames.ip("ff02::fb"));
    drop(table, "57 TCP", frame("::"));
    drop(table, "57 echo", from("::", ICMP6, icmp6(128, new byte[4])));
    drop(table, "57 later fragment", from("::", FRAGMENT, fragment(ICMP6, 8, false)));
    table.pass("82 MLDv2 report", from(LINK_LOCAL, HOP_BY_HOP, routerAlert(ICMP6), report));
    table.pass("82 MLDv2 report from ::", from("::", HOP_BY_HOP, routerAlert(ICMP6), report));
    byte[] first = icmp6(131, new byte[4], Frames.ip("ff02::fb"));
    table.pass("82 MLDv1 report from ::", from("::", HOP_BY_HOP, routerAlert(ICMP6), first));
    byte[] done = icmp6(132, new byte[4], Frames.ip("ff02::fb"));
    table.pass("82 MLDv1 done from ::", from("::", HOP_BY_HOP, routerAlert(ICMP6), done));
    byte[] query = icmp6(130, new byte[20]);
    drop(table, "MLD query from ::", from("::", HOP_BY_HOP, routerAlert(ICMP6), query));
    drop(
        table,
        "MLD report from :: in a fragment",
        from("::", FRAGMENT, fragment(ICMP6, 0, true), report));
  }

  private static void drop(DecisionTable table, String name, byte[] frame) {
    table.drop(name, DropReason.IPV6_SOURCE_UNSPECIFIED, frame);
  }

  private static byte[] from(String source, int next, byte[]... payload) {
    return own(IPV6, ipv6(1, source, "ff02::16", next, payload));
  }

  private static void headers(DecisionTable table) {
    byte[] good = frame(OWN);
    table.drop("66 cut", DropReason.TRUNCATED, cut(good, 53));
    table.drop("payload length over the frame", DropReason.IPV6_LENGTH, cut(good, 73));
    table.pass("padded", cut(good, 90));
    byte[] version = frame(OWN);
    version[14] = 0x40;
    table.drop("version 4", DropReason.IPV6_VERSION, version);
    byte[] seven = frame(OWN);
    seven[14] = 0x70;
    table.drop("version 7", DropReason.IPV6_VERSION, seven);
    table.pass("no next header", frame(59));
    table.pass("81 echo", frame(ICMP6, icmp6(128, new byte[4])));
    table.drop("78 ICMPv6 without a type", DropReason.TRUNCATED, frame(ICMP6));
    table.drop("78 echo cut", DropReason.TRUNCATED, frame(ICMP6, cut(icmp6(128, new byte[4]), 7)));
    byte[] padded = join(frame(ICMP6, cut(icmp6(128, new byte[4]), 7)), new byte[9]);
    table.drop("78 echo cut, padded", DropReason.TRUNCATED, padded);
  }

  private static void extensions(DecisionTable table) {
    byte[] tcp = tcp(1, 2);
    table.pass("TCP behind options", frame(DESTINATION, options(TCP), tcp));
    table.pass("83 later fragment", frame(FRAGMENT, fragment(ICMP6, 1448, true), new byte[8]));
    table.pass(
        "83 later fragment, whatever is in it",
        frame(FRAGMENT, fragment(ICMP6, 8, false), Frames.advertisement("fd00::6")));
    table.pass("a header that ends the packet", frame(DESTINATION, options(59)));
    table.pass("first fragment", frame(FRAGMENT, fragment(UDP, 0, true), udp(1, 2)));
    table.pass("AH counts in four bytes", frame(AUTHENTICATION, bytes(TCP, 4), new byte[22], tcp));
    table.pass("routing header", frame(ROUTING, bytes(TCP, 2, 2, 1), new byte[20], tcp));
    table.drop("85 cut after its first byte", DropReason.TRUNCATED, frame(HOP_BY_HOP, bytes(TCP)));
    table.drop(
        "85 longer than the packet",
        DropReason.TRUNCATED,
        frame(DESTINATION, bytes(TCP, 3, 1, 4, 0, 0, 0, 0), tcp));
    byte[][] six = new byte[7][];
    for (int i = 0; i < 6; i++) {
      six[i] = options(i == 5 ? TCP : DESTINATION);
    }
    six[6] = tcp;
    table.pass("six headers", frame(DESTINATION, six));
    table.drop(
        "seven headers",
        DropReason.IPV6_EXTENSION_LIMIT,
        frame(DESTINATION, options(DESTINATION), join(six)));
    table.pass("85b a header that nobody knows", frame(253, udp(547, 546)));
  }

  private static void dhcp(DecisionTable table) {
    table.pass("UDP of high ports", frame(UDP, udp(5000, 6000)));
    table.drop(
        "90 stricter: from the server port", DropReason.DHCPV6_SERVER, frame(UDP, udp(547, 5460)));
    table.drop(
        "90 stricter: to the client port behind options",
        DropReason.DHCPV6_SERVER,
        frame(DESTINATION, options(UDP), udp(5470, 546)));
    byte[] reply = own(IPV6, ipv6(LINK_LOCAL, PEER, UDP, udp(547, 546)));
    table.drop("90 stricter: reply", DropReason.DHCPV6_SERVER, reply);
    table.pass("90 reply, granted", DecisionTable.GRANTED, reply);
    table.drop(
        "90 stricter: reply from an odd port",
        DropReason.DHCPV6_SERVER,
        frame(UDP, udp(5470, 546)));
    table.drop(
        "90 stricter: reply behind options",
        DropReason.DHCPV6_SERVER,
        frame(DESTINATION, options(UDP), udp(547, 5460)));
    table.drop(
        "84 stricter: first fragment of a reply",
        DropReason.DHCPV6_SERVER,
        frame(FRAGMENT, fragment(UDP, 0, true), udp(547, 546)));
    table.drop("92 UDP header cut off", DropReason.TRUNCATED, frame(UDP, new byte[3]));
  }
}
