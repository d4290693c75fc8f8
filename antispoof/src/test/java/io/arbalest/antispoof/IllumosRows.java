package io.arbalest.antispoof;

import static io.arbalest.antispoof.Frames.ARP;
import static io.arbalest.antispoof.Frames.IPV4;
import static io.arbalest.antispoof.Frames.MAC;
import static io.arbalest.antispoof.Frames.OTHER_MAC;
import static io.arbalest.antispoof.Frames.UDP;
import static io.arbalest.antispoof.Frames.bootp;
import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.clientId;
import static io.arbalest.antispoof.Frames.cut;
import static io.arbalest.antispoof.Frames.ethernet;
import static io.arbalest.antispoof.Frames.ipv4;
import static io.arbalest.antispoof.Frames.join;
import static io.arbalest.antispoof.Frames.option;
import static io.arbalest.antispoof.Frames.own;
import static io.arbalest.antispoof.Frames.tcp;
import static io.arbalest.antispoof.Frames.u16;
import static io.arbalest.antispoof.Frames.udp;

import io.arbalest.antispoof.Frames.Bootp;
import io.arbalest.antispoof.Frames.Ipv4;
import io.arbalest.antispoof.IllumosTable.Kind;

/**
 * The rows of the table that was read from illumos's source, up to 56; {@link IllumosIpv6Rows} has
 * the rest. Row 5, a tag with the VLAN identifier of the VNIC, waits for VNICs that have one.
 */
final class IllumosRows {
  private static final String OWN = "10.0.0.5";
  private static final String PEER = "10.0.0.9";
  private static final String FOREIGN = "10.0.0.6";
  private static final String LEASED = "10.0.0.77";
  private static final String ANY = "0.0.0.0";
  private static final String ALL = "255.255.255.255";
  private static final byte[] END = bytes(255);
  private static final byte[] DISCOVER = bytes(53, 1, 1);

  private IllumosRows() {}

  static void addTo(DecisionTable rows) {
    IllumosTable table = new IllumosTable(rows);
    link(table);
    arp(table);
    packets(table);
    fragments(table);
    dhcp(table);
    clientIds(table);
    leases(table);
    IllumosIpv6Rows.addTo(table);
  }

  private static byte[] packet(String source) {
    return ipv4(source, PEER, Frames.TCP, tcp(1, 2));
  }

  private static byte[] tagged(int type, int control, byte[]... rest) {
    return own(type, u16(control), join(rest));
  }

  private static void link(IllumosTable table) {
    byte[] inner = join(u16(IPV4), packet(OWN));
    byte[] lldp = join(u16(0x88cc), new byte[46]);
    table.row("1 | - - - ipv4-source - | - ipv4-source", own(IPV4, packet(OWN)));
    table.row(
        "2 | source-mac - - ipv4-source - | source-mac source-mac",
        ethernet(OTHER_MAC, IPV4, packet(OWN)));
    table.row(
        Kind.SECONDARY_MAC,
        "3 | source-mac - - ipv4-source - | - ipv4-source",
        ethernet(Policies.SECOND_MAC, IPV4, packet(OWN)));
    String nowhere = " | truncated truncated truncated truncated truncated | truncated truncated";
    table.row("4 short" + nowhere, cut(own(IPV4), 13));
    String cfi = " | vlan-cfi vlan-cfi vlan-cfi vlan-cfi vlan-cfi | vlan-tag vlan-tag";
    table.row("4 tag cut" + cfi, cut(tagged(0x8100, 0, inner), 17));
    table.row("4 CFI" + cfi, tagged(0x8100, 0x1000, inner));
    table.row("6 | - vlan-tag - ipv4-source - | vlan-tag vlan-tag", tagged(0x8100, 7, inner));
    table.row("7 | - - - ipv4-source - | vlan-tag vlan-tag", tagged(0x8100, 0xe000, inner));
    String passes = " | - vlan-tag - - - | vlan-tag vlan-tag";
    byte[] spoofed = join(u16(IPV4), packet(FOREIGN));
    table.row("8" + passes, tagged(0x8100, 0, u16(0x8100, 7), spoofed));
    table.row("9" + passes, tagged(0x88a8, 0, spoofed));
    table.row("9 CFI" + passes, tagged(0x88a8, 0x1000, spoofed));
    table.row("10 STP | - llc - - - | llc llc", own(38, bytes(0x42, 0x42, 3), new byte[35]));
    table.row("10 IS-IS | - llc - - - | llc llc", own(60, bytes(0xfe, 0xfe, 3), new byte[57]));
    String other = " | - ethertype - - - | ethertype ethertype";
    for (int type : new int[] {0x88cc, 0x8809, 0x888e}) {
      table.row("11 %04x".formatted(type) + other, own(type, new byte[46]));
    }
    for (int type : new int[] {0x8863, 0x8864, 0x8847, 0x88b5}) {
      table.row("12 %04x".formatted(type) + other, own(type, new byte[46]));
    }
    table.row("13" + other, own(0x8035, new byte[46]));
    table.row("14 | - ethertype - - - | vlan-tag vlan-tag", tagged(0x8100, 0, lldp));
  }

  private static byte[] arp(int operation, String sender, String target) {
    return own(ARP, Frames.arp(operation, MAC, sender, target));
  }

  private static void arp(IllumosTable table) {
    String own = " | - - - arp-sender-ip - | - arp-sender-ip";
    String foreign = " | - - arp-sender-ip arp-sender-ip - | arp-sender-ip arp-sender-ip";
    String mac = " | - - arp-sender-mac arp-sender-mac - | arp-sender-mac arp-sender-mac";
    String format = " | - - arp-format arp-format - | arp-format arp-format";
    table.row("15" + own, arp(1, OWN, "10.0.0.1"));
    table.row("16" + own, arp(1, "10.1.2.3", "10.0.0.1"));
    table.row("17" + foreign, arp(1, FOREIGN, "10.0.0.1"));
    table.row("18 | - - - - - | arp-probe-target -", arp(1, ANY, FOREIGN));
    table.row("19" + own, arp(1, OWN, OWN));
    table.row("20" + foreign, arp(1, FOREIGN, FOREIGN));
    table.row("21" + own, arp(2, OWN, PEER));
    table.row("22" + foreign, arp(2, "10.0.0.1", PEER));
    table.row("23" + mac, own(ARP, Frames.arp(1, OTHER_MAC, OWN, PEER)));
    table.row("23 probe" + mac, own(ARP, Frames.arp(1, OTHER_MAC, ANY, PEER)));
    byte[] bare = join(u16(1, IPV4), bytes(0, 4), u16(1), Frames.ip(OWN), Frames.ip(PEER));
    table.row("24 | - - - arp-sender-ip - | arp-format arp-format", own(ARP, bare, new byte[30]));
    table.row("24 exactly | - - - arp-sender-ip - | truncated truncated", own(ARP, bare));
    String short24 = " | - - arp-format arp-format - | truncated truncated";
    table.row("24 cut" + short24, cut(own(ARP, bare), 29));
    byte[] longer = join(u16(1, IPV4), bytes(8, 4), u16(1), new byte[40]);
    table.row("25 hlen" + format, own(ARP, longer));
    byte[] wider = join(u16(1, IPV4), bytes(6, 16), u16(1), new byte[60]);
    table.row("25 plen" + format, own(ARP, wider));
    String cut = " | - - arp-format arp-format - | truncated truncated";
    table.row("26" + cut, cut(arp(1, OWN, PEER), 41));
    table.row("26 fixed part" + cut, cut(arp(1, OWN, PEER), 19));
    table.row(
        "27 operation | - - - arp-sender-ip - | arp-operation arp-operation", arp(9, OWN, PEER));
    byte[] hardware = arp(1, ANY, PEER);
    hardware[15] = 6;
    table.row("27 hardware | - - - - - | arp-format arp-format", hardware);
    table.row(
        "28 | - vlan-tag - arp-sender-ip - | vlan-tag vlan-tag",
        tagged(0x8100, 7, u16(ARP), Frames.arp(1, MAC, OWN, PEER)));
  }

  private static byte[] of(Ipv4 header, String source, byte[]... payload) {
    return own(IPV4, ipv4(header, source, PEER, payload));
  }

  private static void packets(IllumosTable table) {
    String own = " | - - - ipv4-source - | - ipv4-source";
    String foreign = " | - - ipv4-source ipv4-source - | ipv4-source ipv4-source";
    table.row(
        "29 | - - - - - | ipv4-source-unspecified ipv4-source-unspecified", own(IPV4, packet(ANY)));
    table.row("30" + own, own(IPV4, packet("10.1.255.255")));
    table.row("31" + foreign, own(IPV4, packet(FOREIGN)));
    String never = " | - - ipv4-source ipv4-source - | ";
    String loopback = "ipv4-source-loopback ";
    String group = "ipv4-source-group ";
    table.row("32 loopback" + never + loopback + loopback, own(IPV4, packet("127.0.0.1")));
    table.row("32 group" + never + group + group, own(IPV4, packet("224.0.0.1")));
    table.row("32 all" + never + group + group, own(IPV4, packet(ALL)));
    table.row(
        "33 | - - ipv4-length ipv4-length dhcp-format | truncated truncated",
        cut(own(IPV4, packet(OWN)), 33));
    table.row("34" + own, of(new Ipv4(4, 15, 0, Frames.TCP), OWN, tcp(1, 2)));
    table.row(
        "35 own word | - - - ipv4-source - | ipv4-version ipv4-version",
        of(new Ipv4(6, 5, 0, Frames.TCP), OWN, tcp(1, 2)));
    table.row(
        "35 other word | - - ipv4-source ipv4-source - | ipv4-version ipv4-version",
        of(new Ipv4(6, 5, 0, Frames.TCP), FOREIGN, tcp(1, 2)));
  }

  private static void fragments(IllumosTable table) {
    String own = " | - - - ipv4-source - | - ipv4-source";
    String nobody = "ipv4-source-unspecified ipv4-source-unspecified";
    table.row("36" + own, of(new Ipv4(4, 5, 185, UDP), OWN, new byte[8]));
    table.row(
        "37 | - - ipv4-source ipv4-source - | ipv4-source ipv4-source",
        of(new Ipv4(4, 5, 185, UDP), FOREIGN, new byte[8]));
    table.row("38" + own, of(new Ipv4(4, 5, 0x2000, UDP), OWN, udp(5, 6)));
    byte[] first = udp(68, 67, Frames.dhcp(1, MAC));
    table.row(
        "39 | - - - ipv4-source dhcp-fragment | dhcpv4-client ipv4-source",
        of(new Ipv4(4, 5, 0x2000, UDP), OWN, first));
    table.row(
        "39 from 0 | - - - - dhcp-fragment | " + nobody,
        of(new Ipv4(4, 5, 0x2000, UDP), ANY, first));
    for (int port : new int[] {67, 68}) {
      String there = "39 to %d | - - - ipv4-source dhcp-fragment | ".formatted(port);
      table.row(
          there + (port == 67 ? "dhcpv4-client" : "dhcpv4-server") + " ipv4-source",
          of(new Ipv4(4, 5, 0x2000, UDP), OWN, udp(9, port, new byte[8])));
      String from = "39 from %d | - - - ipv4-source dhcp-fragment | ".formatted(port);
      table.row(
          from + (port == 68 ? "dhcpv4-client" : "dhcpv4-server") + " ipv4-source",
          of(new Ipv4(4, 5, 0x2000, UDP), OWN, udp(port, 9, new byte[8])));
    }
    table.row(
        "40 | - - - ipv4-source dhcp-format | truncated ipv4-source",
        of(new Ipv4(4, 5, 0, UDP), OWN, new byte[3]));
    table.row(
        "40 from 0 | - - - - dhcp-format | " + nobody,
        of(new Ipv4(4, 5, 0, UDP), ANY, new byte[3]));
  }

  private static byte[] client(byte[]... message) {
    return own(IPV4, ipv4(ANY, ALL, UDP, udp(68, 67, message)));
  }

  private static void dhcp(IllumosTable table) {
    String only = "dhcpv4-client ~dhcpv4";
    table.row(
        "41 | - - - ipv4-source - | dhcpv4-client ipv4-source",
        own(IPV4, ipv4(OWN, PEER, UDP, udp(68, 67, new byte[239]))));
    table.row("41 from 0 | - - - - - | dhcpv4-client dhcp-format", client(new byte[239]));
    table.row("42 | - - dhcpv4-client ~dhcpv4 - | " + only, client(Frames.dhcp(1, MAC)));
    table.row(
        "43 | - - dhcpv4-client ~dhcpv4 dhcpv4-chaddr | dhcpv4-client dhcpv4-chaddr",
        client(Frames.dhcp(1, OTHER_MAC)));
    table.row(
        "44 | - - dhcpv4-client ~dhcpv4 - | dhcpv4-client dhcp-format",
        client(bootp(new Bootp(1, 1, 5, OTHER_MAC), DISCOVER, END)));
    table.row(
        "49 | - - dhcpv4-client ipv4-source dhcpv4-chaddr | dhcpv4-server ipv4-source",
        own(IPV4, ipv4(OWN, ALL, UDP, udp(67, 68, Frames.dhcp(2, OTHER_MAC)))));
    table.row("50 | - - dhcpv4-client ~dhcpv4 - | " + only, client(bootp(Bootp.REQUEST, END)));
    table.row(
        Kind.DHCPV4_METHOD,
        "51 | - - ~dhcpv4 ~dhcpv4 - | ~dhcpv4 ~dhcpv4",
        client(Frames.dhcp(1, MAC)));
  }

  private static void clientIds(IllumosTable table) {
    String noted = " | - - dhcpv4-client ~dhcpv4 ";
    String only = "dhcpv4-client ~dhcpv4";
    table.row(
        "45" + noted + "- | " + only, client(bootp(Bootp.REQUEST, DISCOVER, clientId(MAC), END)));
    byte[] other = client(bootp(Bootp.REQUEST, DISCOVER, clientId(OTHER_MAC), END));
    String dropped = "dhcpv4-client-id | dhcpv4-client dhcpv4-client-id";
    table.row("46" + noted + dropped, other);
    byte[] unlisted = client(bootp(Bootp.REQUEST, DISCOVER, option(61, bytes(0, 1)), END));
    table.row("46 another" + noted + dropped, unlisted);
    byte[] listed = client(bootp(Bootp.REQUEST, DISCOVER, option(61, bytes(255, 0, 1, 2, 3)), END));
    table.row(Kind.LISTED_CLIENT, "47 listed" + noted + "- | " + only, listed);
    table.row(Kind.ANY_CLIENT, "47 any" + noted + "- | " + only, unlisted);
    table.row(
        "48 empty" + noted + "- | dhcpv4-client dhcp-option-malformed",
        client(bootp(Bootp.REQUEST, DISCOVER, option(61, bytes()), END)));
    table.row("48 absent" + noted + "- | " + only, client(bootp(Bootp.REQUEST, DISCOVER, END)));
  }

  private static void leases(IllumosTable table) {
    String foreign = " | - - ipv4-source ipv4-source - | ipv4-source ipv4-source";
    String leased = " | - - ipv4-source - - | ipv4-source -";
    table.row(Kind.LEARNED, "52" + leased, own(IPV4, packet(LEASED)));
    table.row("53" + foreign, own(IPV4, packet(LEASED)));
    table.row("54" + foreign, own(IPV4, packet("10.0.0.78")));
    table.row(Kind.LEARNED, "55" + leased, own(IPV4, ipv4(LEASED, PEER, UDP, udp(5, 6))));
    table.row(Kind.LEARNED, "56 | - - arp-sender-ip - - | arp-sender-ip -", arp(2, LEASED, PEER));
  }
}
