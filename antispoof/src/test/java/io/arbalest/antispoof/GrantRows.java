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
import static io.arbalest.antispoof.Frames.advertisement;
import static io.arbalest.antispoof.Frames.dhcp;
import static io.arbalest.antispoof.Frames.dhcp6;
import static io.arbalest.antispoof.Frames.ethernet;
import static io.arbalest.antispoof.Frames.fragment;
import static io.arbalest.antispoof.Frames.icmp6;
import static io.arbalest.antispoof.Frames.ip;
import static io.arbalest.antispoof.Frames.ipv4;
import static io.arbalest.antispoof.Frames.ipv6;
import static io.arbalest.antispoof.Frames.options;
import static io.arbalest.antispoof.Frames.own;
import static io.arbalest.antispoof.Frames.slla;
import static io.arbalest.antispoof.Frames.solicitation;
import static io.arbalest.antispoof.Frames.tcp;
import static io.arbalest.antispoof.Frames.tlla;
import static io.arbalest.antispoof.Frames.udp;

import io.arbalest.antispoof.Frames.Ipv4;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Topic;
import io.arbalest.linux.net.MacAddress;
import java.util.List;

/** Rows on what a policy may give beyond a plain host's rights, and on the host's tunnels. */
final class GrantRows {
  private static final String OWN = "10.0.0.5";
  private static final String OWN6 = "fd00::5";
  private static final String PEER = "10.0.0.9";
  private static final String PEER6 = "fd00::9";
  private static final String SECOND_LINK_LOCAL = "fe80::8:20ff:fe44:5567";
  private static final MacAddress SECOND = Policies.SECOND_MAC;
  private static final PortPolicy MACS = Policies.fixed().macs(SECOND).virtualRouters(7).policy();
  private static final PortPolicy ROUTED =
      Policies.fixed().routed("192.168.0.0/16", "fd77::/48").policy();

  private GrantRows() {}

  static void addTo(DecisionTable table) {
    tunnels(table);
    macs(table);
    secondInPayload(table);
    routed(table);
    roles(table);
    learned(table);
  }

  private static byte[] udp4(Ipv4 header, String destination, int port) {
    return own(IPV4, ipv4(header, OWN, destination, udp(5000, port, new byte[8])));
  }

  private static byte[] udp4(String destination, int port) {
    return udp4(new Ipv4(4, 5, 0, UDP), destination, port);
  }

  private static byte[] to6(String destination, int next, byte[]... payload) {
    return own(IPV6, ipv6(64, OWN6, destination, next, payload));
  }

  private static void tunnels(DecisionTable table) {
    byte[] vxlan = udp(5000, 4789, new byte[8]);
    table.drop("VTEP", DropReason.VTEP, udp4("10.9.0.1", 4789));
    table.drop("VTEP of another port", DropReason.VTEP, udp4("10.9.0.2", 4791));
    table.pass("VTEP, its neighbour's port", udp4("10.9.0.1", 4791));
    table.pass("VTEP, a port between", udp4("10.9.0.1", 4790));
    table.pass("VTEP, a port below", udp4("10.9.0.1", 4788));
    table.pass("VTEP, a port above", udp4("10.9.0.1", 4792));
    table.pass("VXLAN to another host", udp4("10.9.0.3", 4789));
    table.drop(
        "VTEP behind IPv4 options",
        DropReason.VTEP,
        udp4(new Ipv4(4, 8, 0, UDP), "10.9.0.1", 4789));
    table.drop(
        "VTEP, first fragment",
        DropReason.VTEP,
        udp4(new Ipv4(4, 5, 0x2000, UDP), "10.9.0.1", 4789));
    table.pass("VTEP, later fragment", udp4(new Ipv4(4, 5, 0x2001, UDP), "10.9.0.1", 4789));
    table.pass("VTEP, TCP", own(IPV4, ipv4(OWN, "10.9.0.1", TCP, tcp(1, 4789))));
    table.drop("VTEP, IPv6", DropReason.VTEP, to6("fd09::1", UDP, vxlan));
    table.drop("VTEP of another port, IPv6", DropReason.VTEP, to6("fd09::2", UDP, udp(5000, 4791)));
    table.pass("VXLAN to another host, IPv6", to6("fd09::3", UDP, vxlan));
    table.pass("VXLAN to another network, IPv6", to6("fd0a::1", UDP, vxlan));
    table.pass("VTEP, IPv6, another port", to6("fd09::1", UDP, udp(5000, 4791)));
    table.drop(
        "VTEP behind options, IPv6", DropReason.VTEP, to6("fd09::1", 60, options(UDP), vxlan));
    table.drop(
        "VTEP, first fragment, IPv6",
        DropReason.VTEP,
        to6("fd09::1", 44, fragment(UDP, 0, true), vxlan));
    table.pass(
        "VTEP in the form of illumos",
        Policies.fixed().modes("illumos-compat").policy(),
        udp4("10.9.0.1", 4789));
    table.pass("VTEP without protection", DecisionTable.OPEN, udp4("10.9.0.1", 4789));
  }

  private static void macs(DecisionTable table) {
    byte[] packet = ipv4(OWN, PEER, TCP, tcp(1, 2));
    table.pass("3 secondary", MACS, ethernet(SECOND, IPV4, packet));
    table.pass("virtual router", MACS, ethernet(Policies.VIRTUAL_MAC, IPV4, packet));
    table.pass("virtual router, IPv6", MACS, ethernet(Policies.VIRTUAL_MAC6, IPV4, packet));
    table.drop(
        "another virtual router",
        MACS,
        DropReason.SOURCE_MAC,
        ethernet(MacAddress.parse("0:0:5e:0:1:8"), IPV4, packet));
    table.drop("3 not granted", DropReason.SOURCE_MAC, ethernet(SECOND, IPV4, packet));
    table.drop(
        "virtual router not granted",
        DropReason.SOURCE_MAC,
        ethernet(Policies.VIRTUAL_MAC, IPV4, packet));
    table.drop("still not any", MACS, DropReason.SOURCE_MAC, ethernet(OTHER_MAC, IPV4, packet));
    PortPolicy compat = Policies.fixed().modes("illumos-compat").virtualRouters(7).policy();
    table.pass(
        "virtual router in the form of illumos",
        compat,
        ethernet(Policies.VIRTUAL_MAC, IPV4, packet));
  }

  /** What is inside goes with the address outside. */
  private static void secondInPayload(DecisionTable table) {
    byte[] own = Frames.arp(1, MAC, OWN, PEER);
    byte[] second = Frames.arp(1, SECOND, OWN, PEER);
    table.pass("ARP of the second", MACS, ethernet(SECOND, ARP, second));
    table.drop("ARP, mixed", MACS, DropReason.ARP_SENDER_MAC, ethernet(SECOND, ARP, own));
    table.drop("ARP, mixed the other way", MACS, DropReason.ARP_SENDER_MAC, own(ARP, second));
    byte[] solicitation = solicitation(PEER6, slla(SECOND));
    table.pass(
        "NS of the second",
        MACS,
        ethernet(SECOND, IPV6, ipv6(SECOND_LINK_LOCAL, PEER6, ICMP6, solicitation)));
    table.drop(
        "NS, mixed",
        MACS,
        DropReason.ND_LINK_ADDRESS,
        own(IPV6, ipv6(LINK_LOCAL, PEER6, ICMP6, solicitation)));
    table.drop(
        "link-local of the second from the first",
        MACS,
        DropReason.IPV6_SOURCE,
        own(IPV6, ipv6(SECOND_LINK_LOCAL, PEER6, TCP, tcp(1, 2))));
    table.pass(
        "link-local of the first from the virtual router",
        MACS,
        ethernet(Policies.VIRTUAL_MAC6, IPV6, ipv6(LINK_LOCAL, "ff02::12", 112, new byte[20])));
    PortPolicy client = Policies.dynamic().macs(SECOND).policy();
    byte[] discover = udp(68, 67, dhcp(1, SECOND));
    table.note(
        "DHCP of the second",
        client,
        Topic.DHCPV4,
        ethernet(SECOND, IPV4, ipv4("0.0.0.0", "255.255.255.255", UDP, discover)));
    table.drop(
        "DHCP, mixed",
        client,
        DropReason.DHCPV4_CHADDR,
        own(IPV4, ipv4("0.0.0.0", "255.255.255.255", UDP, discover)));
    byte[] foreign = ethernet(OTHER_MAC, ARP, Frames.arp(1, OTHER_MAC, OWN, PEER));
    table.drop(
        "ARP of a foreign MAC where no mode minds the frame's",
        DecisionTable.IP_ONLY,
        DropReason.ARP_SENDER_MAC,
        foreign);
    table.pass(
        "ARP of the own MAC in a foreign frame where no mode minds",
        DecisionTable.IP_ONLY,
        ethernet(OTHER_MAC, ARP, own));
  }

  private static void routed(DecisionTable table) {
    table.pass("routed source", ROUTED, own(IPV4, ipv4("192.168.7.7", PEER, TCP, tcp(1, 2))));
    table.pass("own source beside", ROUTED, own(IPV4, ipv4(OWN, PEER, TCP, tcp(1, 2))));
    table.drop(
        "source beyond the routed ones",
        ROUTED,
        DropReason.IPV4_SOURCE,
        own(IPV4, ipv4("192.169.0.0", PEER, TCP, tcp(1, 2))));
    table.drop(
        "ARP for a routed address",
        ROUTED,
        DropReason.ARP_SENDER_IP,
        own(ARP, Frames.arp(2, MAC, "192.168.7.7", PEER)));
    byte[] packet = ipv6(64, "fd77::7", PEER6, TCP, tcp(1, 2));
    table.pass("routed source, IPv6", ROUTED, own(IPV6, packet));
    table.drop(
        "NA for a routed address",
        ROUTED,
        DropReason.ND_TARGET,
        own(IPV6, ipv6(LINK_LOCAL, PEER6, ICMP6, advertisement("fd77::7", tlla(MAC)))));
    table.drop(
        "NS from a routed address",
        ROUTED,
        DropReason.IPV6_SOURCE,
        own(IPV6, ipv6("fd77::7", PEER6, ICMP6, solicitation(PEER6, slla(MAC)))));
    PortPolicy odd =
        Policies.fixed().routed("fd77::/48", "fec0::/16", "fe80::ffff:0:0:0/112").policy();
    for (String source :
        List.of("fd77::8:20ff:fe11:2233", "fec0::8:20ff:fe11:2233", "fe80::ffff:0:0:1")) {
      table.drop(
          "NS from routed " + source,
          odd,
          DropReason.IPV6_SOURCE,
          own(IPV6, ipv6(source, PEER6, ICMP6, solicitation(PEER6, slla(MAC)))));
    }
    table.pass("NS from an own address", own(IPV6, ipv6(OWN6, PEER6, ICMP6, solicitation(PEER6))));
    table.pass(
        "NS from a foreign address under mac-nospoof alone",
        DecisionTable.MAC_ONLY,
        own(IPV6, ipv6("fd77::7", PEER6, ICMP6, solicitation(PEER6))));
    table.pass(
        "routed prefixes alone",
        Policies.empty().routed("192.168.0.0/16").policy(),
        own(IPV4, ipv4("192.168.7.7", PEER, TCP, tcp(1, 2))));
  }

  private static void roles(DecisionTable table) {
    byte[] offer = own(IPV4, ipv4(OWN, "255.255.255.255", UDP, udp(67, 68, dhcp(2, OTHER_MAC))));
    byte[] relayed = own(IPV4, ipv4(OWN, PEER, UDP, udp(67, 67, dhcp(1, OTHER_MAC))));
    byte[] reply = own(IPV6, ipv6(LINK_LOCAL, PEER6, UDP, udp(547, 546, dhcp6(7))));
    byte[] advertisement =
        own(IPV6, ipv6(LINK_LOCAL, "ff02::1", ICMP6, icmp6(134, new byte[12], slla(MAC))));
    byte[] redirect =
        own(IPV6, ipv6(LINK_LOCAL, PEER6, ICMP6, icmp6(137, new byte[4], ip(PEER6), ip(OWN6))));
    for (String role : List.of("dhcp-server", "router")) {
      PortPolicy policy = Policies.fixed().roles(role).policy();
      table.pass("offer by " + role, policy, offer);
      table.pass("relayed by " + role, policy, relayed);
      table.pass("DHCPv6 reply by " + role, policy, reply);
    }
    PortPolicy router = Policies.fixed().roles("router").policy();
    table.pass("RA by router", router, advertisement);
    table.pass("redirect by router", router, redirect);
    PortPolicy server = Policies.fixed().roles("dhcp-server").policy();
    table.drop("RA by server", server, DropReason.ND_ROUTER_ADVERTISEMENT, advertisement);
    table.drop("redirect by server", server, DropReason.ND_REDIRECT, redirect);
    table.drop("relayed by nobody", DropReason.DHCPV4_SERVER, relayed);
    table.drop(
        "a server is no client",
        server,
        DropReason.DHCPV4_CLIENT,
        own(IPV4, ipv4("0.0.0.0", "255.255.255.255", UDP, udp(68, 67, dhcp(1, MAC)))));
  }

  private static void learned(DecisionTable table) {
    PortPolicy leased =
        Policies.dynamic().learned("10.0.0.77", "fd00::77", "fe80::7217:1:2:3").policy();
    byte[] packet = ipv4("10.0.0.77", PEER, TCP, tcp(1, 2));
    table.pass("learned source", leased, own(IPV4, packet));
    table.pass("learned ARP", leased, own(ARP, Frames.arp(2, MAC, "10.0.0.77", PEER)));
    table.pass(
        "63 learned by DAD",
        leased,
        own(IPV6, ipv6("fd00::77", PEER6, ICMP6, advertisement("fd00::77", tlla(MAC)))));
    table.pass(
        "59 link-local of RFC 7217 learned by DAD",
        leased,
        own(IPV6, ipv6("fe80::7217:1:2:3", PEER6, ICMP6, solicitation(PEER6, slla(MAC)))));
    PortPolicy gone = Policies.fixed().methods("slaac").learned("10.0.0.77", "fd00::77").policy();
    table.drop("learned, method gone", gone, DropReason.IPV4_SOURCE, own(IPV4, packet));
    table.pass(
        "learned, other method there", gone, own(IPV6, ipv6("fd00::77", PEER6, TCP, tcp(1, 2))));
  }
}
