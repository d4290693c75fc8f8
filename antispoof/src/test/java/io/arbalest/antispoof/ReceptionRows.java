package io.arbalest.antispoof;

import static io.arbalest.antispoof.Frames.ARP;
import static io.arbalest.antispoof.Frames.ICMP6;
import static io.arbalest.antispoof.Frames.IPV4;
import static io.arbalest.antispoof.Frames.IPV6;
import static io.arbalest.antispoof.Frames.LINK_LOCAL;
import static io.arbalest.antispoof.Frames.MAC;
import static io.arbalest.antispoof.Frames.OTHER_MAC;
import static io.arbalest.antispoof.Frames.TCP;
import static io.arbalest.antispoof.Frames.UDP;
import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.cut;
import static io.arbalest.antispoof.Frames.dhcp;
import static io.arbalest.antispoof.Frames.dhcp6;
import static io.arbalest.antispoof.Frames.fragment;
import static io.arbalest.antispoof.Frames.icmp6;
import static io.arbalest.antispoof.Frames.ip;
import static io.arbalest.antispoof.Frames.ipv4;
import static io.arbalest.antispoof.Frames.ipv6;
import static io.arbalest.antispoof.Frames.join;
import static io.arbalest.antispoof.Frames.options;
import static io.arbalest.antispoof.Frames.slla;
import static io.arbalest.antispoof.Frames.tcp;
import static io.arbalest.antispoof.Frames.tlla;
import static io.arbalest.antispoof.Frames.u16;
import static io.arbalest.antispoof.Frames.udp;

import io.arbalest.antispoof.DecisionTable.Policy;
import io.arbalest.antispoof.Frames.Ipv4;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.Topic;
import io.arbalest.linux.net.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rows on what is on its way to a zone. */
final class ReceptionRows {
  private static final String OWN = "10.0.0.5";
  private static final String OWN6 = "fd00::5";
  private static final String SERVER = "10.0.0.1";
  private static final String ROUTER = "fe80::1";
  private static final String ALL = "255.255.255.255";
  private static final MacAddress GROUP = MacAddress.parse("33:33:0:0:0:1");

  private static final PortPolicy OWN_ONLY =
      Policies.fixed()
          .macs(Policies.SECOND_MAC)
          .routed("192.168.0.0/16", "fd77::/48")
          .reception("own-only")
          .policy();
  private static final PortPolicy RA_GUARD =
      Policies.fixed().reception("ra-guard").trusting("fe80::1/128").policy();
  private static final PortPolicy DHCP_GUARD =
      Policies.fixed().reception("dhcp-guard").trusting("10.0.0.1/32", "fe80::1/128").policy();
  private static final PortPolicy LEARNING = Policies.dynamic().policy();
  private static final PortPolicy LEARNING_OWN =
      Policies.dynamic().learned("10.0.0.77").reception("own-only").policy();
  private static final PortPolicy OPEN = Policies.fixed().policy();

  private ReceptionRows() {}

  private static byte[] to(MacAddress destination, int type, byte[]... payload) {
    return join(destination.toBytes(), OTHER_MAC.toBytes(), u16(type), join(payload));
  }

  private static byte[] tcp4(String destination) {
    return ipv4("10.0.0.9", destination, TCP, tcp(1, 2));
  }

  private static byte[] tcp6(String destination) {
    return ipv6(64, "fd00::9", destination, TCP, tcp(1, 2));
  }

  static void addOwnOnly(DecisionTable table) {
    own(table, "own address", to(MAC, IPV4, tcp4(OWN)));
    foreign(table, "another MAC", to(OTHER_MAC, IPV4, tcp4(OWN)));
    table.pass("another MAC, not asked for", OPEN, to(OTHER_MAC, IPV4, tcp4("10.0.0.6")));
    own(table, "second MAC", to(Policies.SECOND_MAC, IPV4, tcp4(OWN)));
    foreign(table, "another address", to(MAC, IPV4, tcp4("10.0.0.6")));
    own(table, "routed address", to(MAC, IPV4, tcp4("192.168.3.3")));
    own(table, "IPv4 group", to(MacAddress.parse("1:0:5e:0:0:fb"), IPV4, tcp4("224.0.0.251")));
    own(table, "group in unicast", to(MAC, IPV4, tcp4("224.0.0.0")));
    foreign(table, "the address before the groups", to(MAC, IPV4, tcp4("223.255.255.255")));
    own(table, "broadcast in unicast", to(MAC, IPV4, tcp4(ALL)));
    own(table, "broadcast", to(MacAddress.BROADCAST, IPV4, tcp4("10.0.0.255")));
    own(table, "ARP", to(MAC, ARP, Frames.arp(1, OTHER_MAC, "10.0.0.9", "10.0.0.6")));
    foreign(table, "ARP for another MAC", to(OTHER_MAC, ARP, Frames.arp(2, OTHER_MAC, OWN, OWN)));
    own(table, "another EtherType", to(MAC, 0x88cc, new byte[46]));
    own(table, "own address, IPv6", to(MAC, IPV6, tcp6(OWN6)));
    own(table, "link-local", to(MAC, IPV6, tcp6(LINK_LOCAL)));
    own(
        table,
        "link-local of the second",
        to(Policies.SECOND_MAC, IPV6, tcp6("fe80::8:20ff:fe44:5567")));
    foreign(
        table,
        "link-local of the second at the first",
        to(MAC, IPV6, tcp6("fe80::8:20ff:fe44:5567")));
    own(table, "routed address, IPv6", to(MAC, IPV6, tcp6("fd77::3")));
    foreign(table, "another address, IPv6", to(MAC, IPV6, tcp6("fd00::6")));
    foreign(table, "an address with the own one's end", to(MAC, IPV6, tcp6("fd01::5")));
    own(table, "group, IPv6", to(GROUP, IPV6, tcp6("ff02::1")));
    own(table, "group in unicast, IPv6", to(MAC, IPV6, tcp6("ff02::1")));
    foreign(table, "the address before the groups, IPv6", to(MAC, IPV6, tcp6("feff::1")));
    table.drop("cut IPv4", OWN_ONLY, DropReason.RX_TRUNCATED, cut(to(MAC, IPV4, tcp4(OWN)), 33));
    table.drop("cut IPv6", OWN_ONLY, DropReason.RX_TRUNCATED, cut(to(MAC, IPV6, tcp6(OWN6)), 53));
    table.drop("half a header", OWN_ONLY, DropReason.RX_TRUNCATED, cut(to(MAC, IPV4), 13));
    own(table, "shortest IPv4", cut(to(MAC, IPV4, tcp4(OWN)), 34));
    own(table, "shortest IPv6", cut(to(MAC, IPV6, tcp6(OWN6)), 54));
    own(table, "RA and DHCP of anybody", to(GROUP, IPV6, advertisement("fe80::bad")));
    own(table, "tag within a tag", to(MAC, 0x8100, u16(7, IPV4), tcp4(OWN)));
    own(table, "SNAP", to(MAC, 60, bytes(0xaa, 0xaa, 3, 0, 0, 0), u16(IPV4)));
    own(table, "UDP without a header", to(MAC, IPV4, ipv4("10.0.0.9", OWN, UDP, new byte[3])));
  }

  private static void own(DecisionTable table, String name, byte[] frame) {
    table.pass(name, OWN_ONLY, frame);
  }

  private static void foreign(DecisionTable table, String name, byte[] frame) {
    table.drop(name, OWN_ONLY, DropReason.RX_DESTINATION, frame);
  }

  private static byte[] advertisement(String source) {
    return ipv6(source, "ff02::1", ICMP6, icmp6(134, new byte[12], slla(OTHER_MAC)));
  }

  private static byte[] redirect(String source) {
    return ipv6(source, OWN6, ICMP6, icmp6(137, new byte[4], ip(OWN6), ip(OWN6)));
  }

  private static byte[] nd(int next, byte[]... payload) {
    return to(GROUP, IPV6, ipv6(ROUTER, "ff02::1", next, payload));
  }

  static void addRouters(DecisionTable table) {
    byte[] message = icmp6(134, new byte[12], slla(OTHER_MAC));
    table.pass("trusted", RA_GUARD, to(GROUP, IPV6, advertisement(ROUTER)));
    router(table, "not trusted", to(GROUP, IPV6, advertisement("fe80::bad")));
    router(table, "trusted end, other network", to(GROUP, IPV6, advertisement("fe80:0:0:1::1")));
    table.drop(
        "global source, though trusted",
        Policies.fixed().reception("ra-guard").trusting("fd00::1/128").policy(),
        DropReason.RX_ROUTER,
        to(GROUP, IPV6, advertisement("fd00::1")));
    table.drop(
        "nobody is trusted",
        Policies.fixed().reception("ra-guard").policy(),
        DropReason.RX_ROUTER,
        to(GROUP, IPV6, advertisement(ROUTER)));
    table.pass("not asked for", OPEN, to(GROUP, IPV6, advertisement("fe80::bad")));
    table.pass("under dhcp-guard", DHCP_GUARD, to(GROUP, IPV6, advertisement("fe80::bad")));
    router(table, "hop limit 254", to(GROUP, IPV6, ipv6(254, ROUTER, "ff02::1", ICMP6, message)));
    table.pass("redirect, trusted", RA_GUARD, to(MAC, IPV6, redirect(ROUTER)));
    router(table, "redirect", to(MAC, IPV6, redirect("fe80::bad")));
    table.pass("solicitation", RA_GUARD, nd(ICMP6, icmp6(133, new byte[4])));
    table.pass("neighbours", RA_GUARD, nd(ICMP6, Frames.advertisement("fe80::1", tlla(OTHER_MAC))));
    hidden(table, "behind options", nd(60, options(ICMP6), message));
    hidden(table, "behind hop-by-hop", nd(0, options(ICMP6), message));
    hidden(table, "in a first fragment", nd(44, fragment(ICMP6, 0, true), message));
    hidden(table, "in an atomic fragment", nd(44, fragment(ICMP6, 0, false), message));
    byte[] next = nd(44, fragment(60, 0, true), options(ICMP6));
    hidden(table, "in the next fragment", join(next, message));
    hidden(table, "in a seventh header", nd(60, chain(7, ICMP6), message));
    table.pass(
        "echo in a sixth header", RA_GUARD, nd(60, chain(6, ICMP6), icmp6(128, new byte[4])));
    table.pass("later fragment", RA_GUARD, nd(44, fragment(ICMP6, 8, false), message));
    table.pass("first fragment of TCP", RA_GUARD, nd(44, fragment(TCP, 0, true), tcp(1, 2)));
    hidden(table, "inner tag", to(GROUP, 0x8100, u16(0, IPV6), advertisement("fe80::bad")));
    hidden(table, "inner service tag", to(GROUP, 0x88a8, u16(0, IPV6), advertisement("fe80::bad")));
    byte[] snap = bytes(0xaa, 0xaa, 3, 0, 0, 0);
    hidden(table, "SNAP", to(GROUP, 100, snap, u16(IPV6), advertisement("fe80::bad")));
    table.pass("spanning tree", RA_GUARD, to(GROUP, 38, bytes(0x42, 0x42, 3), new byte[35]));
    table.pass("LLDP", RA_GUARD, to(GROUP, 0x88cc, bytes(0xaa, 0xaa), new byte[44]));
    table.pass("TCP", RA_GUARD, to(MAC, IPV6, tcp6(OWN6)));
    table.drop(
        "header over the end",
        RA_GUARD,
        DropReason.RX_TRUNCATED,
        join(nd(60, bytes(ICMP6, 3), new byte[6]), new byte[64]));
    table.drop("header cut", RA_GUARD, DropReason.RX_TRUNCATED, nd(60, bytes(ICMP6)));
    table.drop("cut", RA_GUARD, DropReason.RX_TRUNCATED, cut(nd(ICMP6, message), 53));
    table.pass("no ICMPv6 at all", RA_GUARD, nd(ICMP6));
    table.pass("options that end the packet", RA_GUARD, nd(60, options(59)));
  }

  private static byte[] chain(int count, int upper) {
    byte[][] headers = new byte[count][];
    for (int i = 0; i < count; i++) {
      headers[i] = options(i == count - 1 ? upper : 60);
    }
    return join(headers);
  }

  private static void router(DecisionTable table, String name, byte[] frame) {
    table.drop(name, RA_GUARD, DropReason.RX_ROUTER, frame);
  }

  private static void hidden(DecisionTable table, String name, byte[] frame) {
    table.drop(name, RA_GUARD, DropReason.RX_HIDDEN, frame);
  }

  private static byte[] reply4(Ipv4 header, String source, int from, int to) {
    return to(MAC, IPV4, ipv4(header, source, OWN, udp(from, to, dhcp(2, MAC))));
  }

  private static byte[] reply4(String source, int from, int to) {
    return reply4(new Ipv4(4, 5, 0, UDP), source, from, to);
  }

  private static byte[] reply6(String source, int from, int to) {
    return to(MAC, IPV6, ipv6(source, LINK_LOCAL, UDP, udp(from, to, dhcp6(7))));
  }

  static void addServers(DecisionTable table) {
    table.pass("trusted", DHCP_GUARD, reply4(SERVER, 67, 68));
    server(table, "not trusted", reply4("10.0.0.9", 67, 68));
    server(table, "to another port", reply4("10.0.0.9", 67, 6868));
    server(table, "from another port", reply4("10.0.0.9", 6767, 68));
    table.pass("client", DHCP_GUARD, reply4("10.0.0.9", 68, 67));
    table.pass("port 66 to 69", DHCP_GUARD, reply4("10.0.0.9", 66, 69));
    table.pass("port 69 to 66", DHCP_GUARD, reply4("10.0.0.9", 69, 66));
    server(table, "first fragment", reply4(new Ipv4(4, 5, 0x2000, UDP), "10.0.0.9", 67, 68));
    table.pass(
        "first fragment, trusted", DHCP_GUARD, reply4(new Ipv4(4, 5, 0x2000, UDP), SERVER, 67, 68));
    table.pass("later fragment", DHCP_GUARD, reply4(new Ipv4(4, 5, 1, UDP), "10.0.0.9", 67, 68));
    server(table, "behind IPv4 options", reply4(new Ipv4(4, 9, 0, UDP), "10.0.0.9", 67, 68));
    table.pass("no UDP", DHCP_GUARD, reply4(new Ipv4(4, 5, 0, TCP), "10.0.0.9", 67, 68));
    table.pass("SCTP", DHCP_GUARD, reply4(new Ipv4(4, 5, 0, 132), "10.0.0.9", 67, 68));
    table.pass("not asked for", OPEN, reply4("10.0.0.9", 67, 68));
    table.pass("under ra-guard", RA_GUARD, reply4("10.0.0.9", 67, 68));
    byte[] ports = ipv4("10.0.0.9", OWN, UDP, u16(67, 68));
    server(table, "nothing but ports", to(MAC, IPV4, ports));
    table.pass("ports cut", DHCP_GUARD, cut(to(MAC, IPV4, ports), 37));
    table.pass("trusted, IPv6", DHCP_GUARD, reply6(ROUTER, 547, 546));
    server(table, "not trusted, IPv6", reply6("fe80::bad", 547, 546));
    server(table, "another network, IPv6", reply6("fe81::1", 547, 546));
    server(table, "to another port, IPv6", reply6("fe80::bad", 547, 5460));
    server(table, "from another port, IPv6", reply6("fe80::bad", 5470, 546));
    table.pass("client, IPv6", DHCP_GUARD, reply6("fe80::bad", 546, 547));
    table.pass("port 548 to 545", DHCP_GUARD, reply6("fe80::bad", 548, 545));
    table.pass("not asked for, IPv6", OPEN, reply6("fe80::bad", 547, 546));
    table.pass("under ra-guard, IPv6", RA_GUARD, reply6("fe80::bad", 547, 546));
    byte[] reply = udp(547, 546, dhcp6(7));
    server(
        table,
        "behind options",
        to(MAC, IPV6, ipv6("fe80::bad", LINK_LOCAL, 60, options(UDP), reply)));
    server(
        table,
        "first fragment, IPv6",
        to(MAC, IPV6, ipv6("fe80::bad", LINK_LOCAL, 44, fragment(UDP, 0, true), reply)));
    byte[] next = ipv6("fe80::bad", LINK_LOCAL, 44, fragment(60, 0, true), options(UDP));
    table.drop(
        "in the next fragment", DHCP_GUARD, DropReason.RX_HIDDEN, join(to(MAC, IPV6, next), reply));
    table.drop(
        "inner tag", DHCP_GUARD, DropReason.RX_HIDDEN, to(MAC, 0x8100, u16(0, IPV4), tcp4(OWN)));
    byte[] ports6 = ipv6("fe80::bad", LINK_LOCAL, UDP, u16(547, 546));
    server(table, "nothing but ports, IPv6", to(MAC, IPV6, ports6));
    table.pass("ports cut, IPv6", DHCP_GUARD, cut(to(MAC, IPV6, ports6), 57));
    table.drop("cut", DHCP_GUARD, DropReason.RX_TRUNCATED, cut(reply4(SERVER, 67, 68), 33));
    Frame tagged =
        Frame.received(to(MAC, 0x8100, u16(0, IPV4), ipv4("10.0.0.9", OWN, UDP, udp(67, 68))));
    table.drop("behind a priority tag", Policy.of(DHCP_GUARD), DropReason.RX_DHCP_SERVER, tagged);
  }

  private static void server(DecisionTable table, String name, byte[] frame) {
    table.drop(name, DHCP_GUARD, DropReason.RX_DHCP_SERVER, frame);
  }

  static void addNotes(DecisionTable table) {
    byte[] offer = to(MAC, IPV4, ipv4(SERVER, "10.0.0.99", UDP, udp(67, 68, dhcp(2, MAC))));
    byte[] toAll =
        to(MacAddress.BROADCAST, IPV4, ipv4(SERVER, ALL, UDP, udp(67, 68, dhcp(5, MAC))));
    table.note("offer", LEARNING, Topic.DHCPV4, offer);
    table.note("acknowledgement to all", LEARNING, Topic.DHCPV4, toAll);
    table.note("offer under own-only", LEARNING_OWN, Topic.DHCPV4, offer);
    table.drop(
        "offer to another MAC",
        LEARNING_OWN,
        DropReason.RX_DESTINATION,
        to(OTHER_MAC, IPV4, ipv4(SERVER, "10.0.0.99", UDP, udp(67, 68, dhcp(2, MAC)))));
    table.drop("offer where the method is off", OWN_ONLY, DropReason.RX_DESTINATION, offer);
    table.pass("learned address under own-only", LEARNING_OWN, to(MAC, IPV4, tcp4("10.0.0.77")));
    table.pass("to the server port", LEARNING, reply4(SERVER, 68, 67));
    byte[] reply = reply6(ROUTER, 547, 546);
    table.note("reply", LEARNING, Topic.DHCPV6, reply);
    table.pass("to the server port, IPv6", LEARNING, reply6(ROUTER, 546, 547));
    byte[] advertisement = to(GROUP, IPV6, advertisement(ROUTER));
    table.note("RA", LEARNING, Topic.ND, advertisement);
    table.pass("redirect", LEARNING, to(MAC, IPV6, redirect(ROUTER)));
    byte[] hidden = icmp6(134, new byte[12]);
    table.pass("RA behind options", LEARNING, nd(60, options(ICMP6), hidden));
    table.pass("RA in a fragment", LEARNING, nd(44, fragment(ICMP6, 0, false), hidden));
    PortPolicy dhcpGuarded = Policies.dynamic().reception("dhcp-guard").policy();
    table.pass("RA behind options under dhcp-guard", dhcpGuarded, nd(60, options(ICMP6), hidden));
    for (String method : List.of("dhcpv4", "dhcpv6", "slaac")) {
      PortPolicy only = Policies.empty().methods(method).policy();
      one(table, method + ": offer", only, method.equals("dhcpv4"), Topic.DHCPV4, offer);
      one(table, method + ": reply", only, method.equals("dhcpv6"), Topic.DHCPV6, reply);
      one(table, method + ": RA", only, method.equals("slaac"), Topic.ND, advertisement);
    }
    PortPolicy guarded =
        Policies.dynamic()
            .reception("ra-guard", "dhcp-guard")
            .trusting("10.0.0.1/32", "fe80::1/128")
            .policy();
    table.note("RA, trusted", guarded, Topic.ND, advertisement);
    table.note("offer, trusted", guarded, Topic.DHCPV4, offer);
    table.note("reply, trusted", guarded, Topic.DHCPV6, reply);
    table.drop(
        "RA, not trusted",
        guarded,
        DropReason.RX_ROUTER,
        to(GROUP, IPV6, advertisement("fe80::2")));
    table.pass("93 short IPv4", LEARNING, cut(offer, 33));
    table.pass("93 short IPv6", LEARNING, cut(advertisement, 53));
    table.pass("93 ICMPv6 cut", LEARNING, cut(advertisement, 54));
    table.pass("93 header cut", LEARNING, nd(60, bytes(ICMP6)));
    table.pass("93 tag", LEARNING, to(MAC, 0x8100, u16(0, IPV4), tcp4(OWN)));
    table.pass(
        "93 foreign",
        Policies.empty().modes("illumos-compat").policy(),
        to(OTHER_MAC, IPV4, tcp4("10.0.0.6")));
  }

  private static void one(
      DecisionTable table,
      String name,
      PortPolicy policy,
      boolean noted,
      Topic topic,
      byte[] frame) {
    table.add(
        name,
        Policy.of(policy),
        Frame.of(frame),
        Optional.empty(),
        noted ? Set.of(topic) : Set.of());
  }
}
