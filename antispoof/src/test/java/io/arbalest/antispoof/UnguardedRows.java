package io.arbalest.antispoof;

import static io.arbalest.antispoof.Frames.ARP;
import static io.arbalest.antispoof.Frames.ICMP6;
import static io.arbalest.antispoof.Frames.IPV4;
import static io.arbalest.antispoof.Frames.IPV6;
import static io.arbalest.antispoof.Frames.LINK_LOCAL;
import static io.arbalest.antispoof.Frames.MAC;
import static io.arbalest.antispoof.Frames.OTHER_MAC;
import static io.arbalest.antispoof.Frames.UDP;
import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.own;
import static io.arbalest.antispoof.Frames.slla;
import static io.arbalest.antispoof.Frames.u16;
import static io.arbalest.antispoof.Frames.udp;
import static io.arbalest.antispoof.rules.PolicyFlag.GUARDS;
import static io.arbalest.antispoof.rules.PolicyFlag.IP_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.MAC_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.RESTRICTED;

import io.arbalest.antispoof.DecisionTable.Policy;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.linux.net.MacAddress;

/** Rows under modes without the guards, as illumos has them, and under the guards alone. */
final class UnguardedRows {
  private static final Policy ILLUMOS = Policy.raw(MAC_NOSPOOF, RESTRICTED, IP_NOSPOOF);
  private static final Policy BARE_MAC = Policy.raw(MAC_NOSPOOF);
  private static final Policy BARE_IP = Policy.raw(IP_NOSPOOF);
  private static final Policy BARE_GUARDS = Policy.raw(GUARDS);
  private static final String PEER = "fd00::9";

  private UnguardedRows() {}

  static void addTo(DecisionTable table) {
    link(table);
    arp(table);
    ipv4(table);
    ipv6(table);
    neighbours(table);
  }

  private static void link(DecisionTable table) {
    Frame stripped = Frame.received(own(0x8100, u16(7, IPV4), packet("10.0.0.5")));
    Frame tagged = Frame.of(own(0x8100, u16(7, IPV4), packet("10.0.0.5")));
    table.drop("stripped tag", ILLUMOS, DropReason.VLAN_TAG, stripped);
    table.drop("stripped tag, guards", BARE_GUARDS, DropReason.VLAN_TAG, stripped);
    table.pass("stripped tag, mac-nospoof", BARE_MAC, stripped);
    table.drop("6 tag", ILLUMOS, DropReason.VLAN_TAG, tagged);
    table.drop("6 tag, guards", BARE_GUARDS, DropReason.VLAN_TAG, tagged);
    table.pass("6 tag, mac-nospoof", BARE_MAC, tagged);
    byte[] snap = own(60, bytes(0xaa, 0xaa, 3, 0, 0, 0), u16(IPV4), packet("10.0.0.6"));
    table.pass("10 SNAP, mac-nospoof", BARE_MAC, Frame.of(snap));
    table.drop(
        "group source",
        ILLUMOS,
        DropReason.SOURCE_MAC,
        Frame.of(Frames.ethernet(MacAddress.BROADCAST, IPV4)));
  }

  private static byte[] packet(String source) {
    return Frames.ipv4(source, "10.0.0.9", Frames.TCP, Frames.tcp(1, 2));
  }

  private static void arp(DecisionTable table) {
    table.pass(
        "27 odd operation",
        ILLUMOS,
        Frame.of(own(ARP, Frames.arp(9, MAC, "10.0.0.5", "10.0.0.1"))));
    table.pass(
        "18 probe of any address",
        ILLUMOS,
        Frame.of(own(ARP, Frames.arp(1, MAC, "0.0.0.0", "10.0.0.6"))));
    Frame foreign = Frame.of(own(ARP, Frames.arp(2, OTHER_MAC, "10.0.0.5", "10.0.0.9")));
    table.drop("23 foreign MAC, ip-nospoof", BARE_IP, DropReason.ARP_SENDER_MAC, foreign);
    table.pass("23 foreign MAC, mac-nospoof", BARE_MAC, foreign);
    table.pass("23 foreign MAC, guards", BARE_GUARDS, foreign);
  }

  private static void ipv4(DecisionTable table) {
    table.pass("29 from 0.0.0.0", ILLUMOS, Frame.of(own(IPV4, packet("0.0.0.0"))));
    table.drop(
        "32 loopback", ILLUMOS, DropReason.IPV4_SOURCE, Frame.of(own(IPV4, packet("127.0.0.1"))));
    table.pass(
        "49 server",
        ILLUMOS,
        Frame.of(own(IPV4, Frames.ipv4("10.0.0.5", "10.0.0.9", UDP, udp(67, 68)))));
  }

  private static void ipv6(DecisionTable table) {
    byte[] tcp = Frames.tcp(1, 2);
    table.pass(
        "57 from ::", ILLUMOS, Frame.of(own(IPV6, Frames.ipv6("::", PEER, Frames.TCP, tcp))));
    table.drop(
        "65 loopback",
        ILLUMOS,
        DropReason.IPV6_SOURCE,
        Frame.of(own(IPV6, Frames.ipv6("::1", PEER, Frames.TCP, tcp))));
    table.pass(
        "90 server",
        ILLUMOS,
        Frame.of(own(IPV6, Frames.ipv6(LINK_LOCAL, PEER, UDP, udp(547, 546)))));
  }

  private static Frame nd(String source, byte[] message) {
    return Frame.of(own(IPV6, Frames.ipv6(64, source, PEER, ICMP6, message)));
  }

  private static void neighbours(DecisionTable table) {
    byte[] spoof = Frames.advertisement("fd00::6");
    byte[] advertisement = Frames.icmp6(134, new byte[12], slla(MAC));
    byte[] dad = Frames.solicitation("fd00::6", slla(MAC));
    byte[] twice = Frames.solicitation(PEER, slla(MAC), slla(MAC));
    byte[] foreign = Frames.solicitation(PEER, slla(OTHER_MAC));
    table.pass("76 RA", ILLUMOS, nd(LINK_LOCAL, advertisement));
    table.drop("73 foreign target", ILLUMOS, DropReason.ND_TARGET, nd(LINK_LOCAL, spoof));
    table.pass("67 DAD of anything, with SLLA", ILLUMOS, nd("::", dad));
    table.pass("options twice", ILLUMOS, nd(LINK_LOCAL, twice));
    table.drop("69 ip-nospoof", BARE_IP, DropReason.ND_LINK_ADDRESS, nd(LINK_LOCAL, foreign));
    table.pass("69 mac-nospoof", BARE_MAC, nd(LINK_LOCAL, foreign));
    table.pass(
        "69 guards",
        BARE_GUARDS,
        Frame.of(own(IPV6, Frames.ipv6(LINK_LOCAL, PEER, ICMP6, foreign))));
    table.pass(
        "80 behind hop-by-hop",
        ILLUMOS,
        Frame.of(own(IPV6, Frames.ipv6(LINK_LOCAL, PEER, 0, Frames.options(ICMP6), spoof))));
  }
}
