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
import static io.arbalest.antispoof.Frames.bootp;
import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.clientId;
import static io.arbalest.antispoof.Frames.duidLl;
import static io.arbalest.antispoof.Frames.duidLlt;
import static io.arbalest.antispoof.Frames.fragment;
import static io.arbalest.antispoof.Frames.icmp6;
import static io.arbalest.antispoof.Frames.ip;
import static io.arbalest.antispoof.Frames.ipv4;
import static io.arbalest.antispoof.Frames.ipv6;
import static io.arbalest.antispoof.Frames.join;
import static io.arbalest.antispoof.Frames.option;
import static io.arbalest.antispoof.Frames.option6;
import static io.arbalest.antispoof.Frames.own;
import static io.arbalest.antispoof.Frames.routerAlert;
import static io.arbalest.antispoof.Frames.slla;
import static io.arbalest.antispoof.Frames.solicitation;
import static io.arbalest.antispoof.Frames.tcp;
import static io.arbalest.antispoof.Frames.tlla;
import static io.arbalest.antispoof.Frames.u16;
import static io.arbalest.antispoof.Frames.udp;

import io.arbalest.antispoof.Frames.Bootp;
import io.arbalest.antispoof.Frames.Ipv4;
import io.arbalest.antispoof.rules.Topic;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** What honest systems send: all of it passes under all modes in strict form. */
final class WellBehavedRows {
  private static final String OWN = "10.0.0.77";
  private static final String OWN6 = "fd00::77";
  private static final String STABLE = "fe80::7217:1:2:3";
  private static final String ANY = "0.0.0.0";
  private static final String ALL = "255.255.255.255";
  private static final String SERVERS = "ff02::1:2";
  private static final PortPolicy ZONE = Policies.dynamic().learned(OWN, OWN6, STABLE).policy();
  private static final PortPolicy SYSTEMD =
      Policies.dynamic()
          .learned(OWN, OWN6, STABLE)
          .clients(
              List.of("0xffb6220feb00020000ab11a1b2c3d4e5f60718", "2.43793.a1b2c3d4e5f60718"),
              false)
          .policy();

  private WellBehavedRows() {}

  static void addTo(DecisionTable table) {
    arp(table);
    addresses(table);
    groups(table);
    traffic(table);
    dhcp(table);
    dhcp6(table);
  }

  private static byte[] nd(String source, String destination, byte[] message) {
    return own(IPV6, ipv6(source, destination, ICMP6, message));
  }

  private static void arp(DecisionTable table) {
    table.pass("ARP probe", ZONE, own(ARP, Frames.arp(1, MAC, ANY, "10.0.0.78")));
    table.pass("ARP announcement", ZONE, own(ARP, Frames.arp(1, MAC, OWN, OWN)));
    table.pass("gratuitous ARP reply", ZONE, own(ARP, Frames.arp(2, MAC, OWN, OWN)));
    table.pass(
        "ARP request, padded",
        ZONE,
        join(own(ARP, Frames.arp(1, MAC, OWN, "10.0.0.1")), new byte[18]));
  }

  private static void addresses(DecisionTable table) {
    byte[] nonce = bytes(14, 1, 1, 2, 3, 4, 5, 6);
    table.note(
        "DAD of a new address",
        ZONE,
        Topic.ND,
        nd("::", "ff02::1:ff00:99", solicitation("fd00::99")));
    table.note(
        "DAD with a nonce",
        ZONE,
        Topic.ND,
        nd("::", "ff02::1:ff11:2233", solicitation(LINK_LOCAL, nonce)));
    table.note(
        "DAD of RFC 7217",
        ZONE,
        Topic.ND,
        nd("::", "ff02::1:ff02:3", solicitation("fe80::7217:1:2:3")));
    table.pass("router solicitation from ::", ZONE, nd("::", "ff02::2", icmp6(133, new byte[4])));
    table.pass(
        "router solicitation", ZONE, nd(LINK_LOCAL, "ff02::2", icmp6(133, new byte[4], slla(MAC))));
    table.pass(
        "router solicitation of RFC 7217",
        ZONE,
        nd(STABLE, "ff02::2", icmp6(133, new byte[4], slla(MAC))));
    table.pass(
        "unsolicited advertisement", ZONE, nd(OWN6, "ff02::1", advertisement(OWN6, tlla(MAC))));
    table.pass(
        "solicitation", ZONE, nd(OWN6, "ff02::1:ff00:1", solicitation("fd00::1", slla(MAC))));
    table.pass(
        "reachability probe", ZONE, nd(STABLE, "fd00::1", solicitation("fd00::1", slla(MAC))));
  }

  private static void groups(DecisionTable table) {
    byte[] report2 = icmp6(143, bytes(0, 0, 0, 1, 4, 0, 0, 0), ip("ff02::1:ff11:2233"));
    byte[] report1 = icmp6(131, new byte[4], ip("ff02::fb"));
    byte[] done = icmp6(132, new byte[4], ip("ff02::fb"));
    for (String source : List.of("::", LINK_LOCAL, STABLE)) {
      String from = " from " + source;
      table.pass(
          "MLDv2 report" + from,
          ZONE,
          own(IPV6, ipv6(1, source, "ff02::16", 0, routerAlert(ICMP6), report2)));
      table.pass(
          "MLDv1 report" + from,
          ZONE,
          own(IPV6, ipv6(1, source, "ff02::fb", 0, routerAlert(ICMP6), report1)));
      table.pass(
          "MLDv1 done" + from,
          ZONE,
          own(IPV6, ipv6(1, source, "ff02::2", 0, routerAlert(ICMP6), done)));
    }
    byte[] igmp = bytes(0x22, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0, 224, 0, 0, 251);
    byte[] alert = bytes(0x94, 4, 0, 0);
    byte[] packet = ipv4(new Ipv4(4, 6, 0, 2), OWN, "224.0.0.22", igmp);
    System.arraycopy(alert, 0, packet, 20, alert.length);
    table.pass("IGMPv3 report", ZONE, own(IPV4, packet));
  }

  private static void traffic(DecisionTable table) {
    table.pass("TCP", ZONE, own(IPV4, ipv4(OWN, "10.0.0.9", TCP, tcp(40000, 443))));
    table.pass("DNS", ZONE, own(IPV4, ipv4(OWN, "10.0.0.9", UDP, udp(40000, 53, new byte[30]))));
    table.pass(
        "mDNS", ZONE, own(IPV6, ipv6(LINK_LOCAL, "ff02::fb", UDP, udp(5353, 5353, new byte[30]))));
    byte[] large = udp(40000, 9999, new byte[1472]);
    table.pass(
        "first of large fragments",
        ZONE,
        own(IPV4, ipv4(new Ipv4(4, 5, 0x2000, UDP), OWN, "10.0.0.9", large)));
    table.pass(
        "last of large fragments",
        ZONE,
        own(IPV4, ipv4(new Ipv4(4, 5, 185, UDP), OWN, "10.0.0.9", new byte[700])));
    table.pass(
        "first of large fragments, IPv6",
        ZONE,
        own(IPV6, ipv6(64, OWN6, "fd00::9", 44, fragment(UDP, 0, true), large)));
    table.pass(
        "last of large fragments, IPv6",
        ZONE,
        own(IPV6, ipv6(64, OWN6, "fd00::9", 44, fragment(UDP, 1448, false), new byte[700])));
    table.pass(
        "a super-frame of TCP",
        ZONE,
        own(IPV4, ipv4(OWN, "10.0.0.9", TCP, tcp(40000, 443), new byte[40000])));
  }

  private static byte[] broadcast(byte[]... options) {
    return own(IPV4, ipv4(ANY, ALL, UDP, udp(68, 67, bootp(Bootp.REQUEST, options))));
  }

  private static byte[] unicast(byte[]... options) {
    return own(IPV4, ipv4(OWN, "10.0.0.1", UDP, udp(68, 67, bootp(Bootp.REQUEST, options))));
  }

  private static void dhcp(DecisionTable table) {
    byte[] end = bytes(255);
    byte[] asks = option(55, bytes(1, 3, 6, 12, 15, 28, 42));
    byte[] size = option(57, u16(576));
    byte[] vendor = option(60, "udhcp 1.36.1".getBytes(StandardCharsets.US_ASCII));
    byte[] host = option(12, bytes('z', '1'));
    byte[] wanted = option(50, ip(OWN));
    byte[] server = option(54, ip("10.0.0.1"));
    noted(
        table,
        "udhcpc discover",
        broadcast(bytes(53, 1, 1), clientId(MAC), size, asks, vendor, end, new byte[30]));
    noted(
        table,
        "udhcpc select",
        broadcast(bytes(53, 1, 3), clientId(MAC), wanted, server, size, asks, vendor, end));
    noted(table, "udhcpc renew", unicast(bytes(53, 1, 3), clientId(MAC), size, asks, vendor, end));
    noted(table, "udhcpc release", unicast(bytes(53, 1, 7), clientId(MAC), server, end));
    noted(table, "dhclient discover", broadcast(bytes(53, 1, 1), host, asks, end, new byte[34]));
    noted(
        table,
        "dhclient select",
        broadcast(bytes(53, 1, 3), server, wanted, host, asks, end, new byte[22]));
    noted(table, "dhclient decline", broadcast(bytes(53, 1, 4), server, wanted, end, new byte[45]));
    noted(table, "dhclient inform", unicast(bytes(53, 1, 8), host, asks, end));
    noted(
        table,
        "systemd-networkd by MAC",
        broadcast(bytes(53, 1, 1), clientId(MAC), asks, size, host, end));
    byte[] duid = option(61, HexFormat.of().parseHex("ffb6220feb00020000ab11a1b2c3d4e5f60718"));
    table.note(
        "systemd-networkd by DUID, listed",
        SYSTEMD,
        Topic.DHCPV4,
        broadcast(bytes(53, 1, 1), duid, asks, size, host, end));
    noted(
        table,
        "options in another order",
        broadcast(asks, bytes(0), host, wanted, bytes(53, 1, 3), clientId(MAC), end));
  }

  private static void noted(DecisionTable table, String name, byte[] frame) {
    table.note(name, ZONE, Topic.DHCPV4, frame);
  }

  private static byte[] message(String source, int type, byte[]... options) {
    return own(IPV6, ipv6(1, source, SERVERS, UDP, udp(546, 547, Frames.dhcp6(type, options))));
  }

  private static void dhcp6(DecisionTable table) {
    byte[] own = option6(1, duidLlt(MAC));
    byte[] server = option6(2, duidLl(OTHER_MAC));
    byte[] association = option6(3, join(new byte[12], option6(5, join(ip(OWN6), new byte[8]))));
    byte[] asks = option6(6, u16(23, 24));
    byte[] elapsed = option6(8, bytes(0, 0));
    for (int type : new int[] {1, 3, 4, 5, 6, 8, 9}) {
      table.note(
          "DHCPv6 of dhclient, type " + type,
          ZONE,
          Topic.DHCPV6,
          message(LINK_LOCAL, type, own, server, association, asks, elapsed));
    }
    table.note(
        "DHCPv6 in another order from RFC 7217",
        ZONE,
        Topic.DHCPV6,
        message(STABLE, 1, elapsed, asks, association, own));
    table.note(
        "DHCPv6 information request", ZONE, Topic.DHCPV6, message(LINK_LOCAL, 11, asks, elapsed));
    byte[] duid = option6(1, HexFormat.of().parseHex("00020000ab11a1b2c3d4e5f60718"));
    table.note(
        "DHCPv6 of systemd-networkd, listed",
        SYSTEMD,
        Topic.DHCPV6,
        message(LINK_LOCAL, 1, elapsed, duid, asks, association));
  }
}
