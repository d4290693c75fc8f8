package io.arbalest.antispoof;

import static io.arbalest.antispoof.Frames.IPV4;
import static io.arbalest.antispoof.Frames.MAC;
import static io.arbalest.antispoof.Frames.OTHER_MAC;
import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.cut;
import static io.arbalest.antispoof.Frames.ethernet;
import static io.arbalest.antispoof.Frames.ipv4;
import static io.arbalest.antispoof.Frames.own;
import static io.arbalest.antispoof.Frames.tcp;
import static io.arbalest.antispoof.Frames.u16;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.linux.net.MacAddress;

/** Rows on the Ethernet header. */
final class LinkRows {
  private static final byte[] PACKET = ipv4("10.0.0.5", "10.0.0.9", Frames.TCP, tcp(1, 2));
  private static final byte[] SPOOFED = ipv4("10.0.0.6", "10.0.0.9", Frames.TCP, tcp(1, 2));

  private LinkRows() {}

  static void addTo(DecisionTable table) {
    sources(table);
    tags(table);
    types(table);
  }

  private static void sources(DecisionTable table) {
    table.pass("1 own source", own(IPV4, PACKET));
    table.drop("2 foreign source", DropReason.SOURCE_MAC, ethernet(OTHER_MAC, IPV4, PACKET));
    table.drop(
        "multicast source",
        DropReason.SOURCE_MAC_GROUP,
        ethernet(MacAddress.parse("3:8:20:11:22:33"), IPV4, PACKET));
    table.drop(
        "broadcast source",
        DropReason.SOURCE_MAC_GROUP,
        ethernet(MacAddress.BROADCAST, IPV4, PACKET));
    table.drop("zero source", DropReason.SOURCE_MAC_ZERO, ethernet(MacAddress.ZERO, IPV4, PACKET));
    table.pass(
        "2 foreign source under ip-nospoof alone",
        DecisionTable.IP_ONLY,
        ethernet(OTHER_MAC, IPV4, PACKET));
    table.drop(
        "zero source under ip-nospoof alone",
        DecisionTable.IP_ONLY,
        DropReason.SOURCE_MAC_ZERO,
        ethernet(MacAddress.ZERO, IPV4, PACKET));
    table.pass(
        "anything without protection",
        DecisionTable.OPEN,
        ethernet(MacAddress.ZERO, IPV4, SPOOFED));
    table.drop("4 tag cut off", DropReason.VLAN_TAG, cut(own(0x8100, u16(7, IPV4)), 16));
    table.drop("4 IPv4 with nothing in it", DropReason.TRUNCATED, cut(own(IPV4, PACKET), 14));
  }

  private static void tags(DecisionTable table) {
    byte[] spoofed = own(0x8100, u16(7, IPV4), SPOOFED);
    table.drop("5 6 802.1Q tag", DropReason.VLAN_TAG, own(0x8100, u16(7, IPV4), PACKET));
    table.drop("7 priority tag", DropReason.VLAN_TAG, own(0x8100, u16(0, IPV4), PACKET));
    table.drop(
        "8 802.1Q in 802.1Q", DropReason.VLAN_TAG, own(0x8100, u16(7, 0x8100, 8, IPV4), SPOOFED));
    table.drop("9 802.1ad tag", DropReason.VLAN_TAG, own(0x88a8, u16(7, IPV4), SPOOFED));
    table.drop("pre-standard 0x9100", DropReason.VLAN_TAG, own(0x9100, u16(7, IPV4), SPOOFED));
    table.drop("pre-standard 0x9200", DropReason.VLAN_TAG, own(0x9200, u16(7, IPV4), SPOOFED));
    table.pass("6 tag without protection", DecisionTable.OPEN, spoofed);
    table.drop("6 tag under ip-nospoof alone", DecisionTable.IP_ONLY, DropReason.VLAN_TAG, spoofed);
  }

  private static void types(DecisionTable table) {
    byte[] bridge = own(38, bytes(0x42, 0x42, 3), new byte[35]);
    byte[] snap = own(60, bytes(0xaa, 0xaa, 3, 0, 0, 0), u16(IPV4), SPOOFED);
    byte[] lldp = own(0x88cc, new byte[46]);
    table.drop("10 LLC of spanning tree", DropReason.LLC, bridge);
    table.drop("10 SNAP with IPv4", DropReason.LLC, snap);
    table.drop("11 LLDP", DropReason.ETHERTYPE, lldp);
    table.drop("11 EAPOL", DropReason.ETHERTYPE, own(0x888e, new byte[46]));
    table.drop("12 PPPoE", DropReason.ETHERTYPE, own(0x8864, new byte[46]));
    table.drop("12 MPLS", DropReason.ETHERTYPE, own(0x8847, new byte[46]));
    table.drop("13 RARP", DropReason.ETHERTYPE, own(0x8035, new byte[46]));
    table.drop("least EtherType", DropReason.ETHERTYPE, own(0x0600, new byte[46]));
    table.drop("greatest length", DropReason.LLC, own(0x05ff, new byte[46]));
    table.pass("10 LLC without restricted", DecisionTable.MAC_ONLY, bridge);
    table.pass("11 LLDP without restricted", DecisionTable.MAC_ONLY, lldp);
    table.drop("10 SNAP without restricted", DecisionTable.MAC_ONLY, DropReason.LLC, snap);
    table.pass(
        "10 LLC of IS-IS without restricted",
        DecisionTable.MAC_ONLY,
        own(60, bytes(0xfe, 0xfe, 3), new byte[57]));
    table.drop(
        "10 SNAP by its destination access point",
        DecisionTable.MAC_ONLY,
        DropReason.LLC,
        own(60, bytes(0xaa, 0, 3, 0, 0, 0), u16(IPV4), SPOOFED));
    table.drop(
        "10 SNAP by its source access point",
        DecisionTable.MAC_ONLY,
        DropReason.LLC,
        own(60, bytes(0, 0xaa, 3, 0, 0, 0), u16(IPV4), SPOOFED));
    table.pass("MAC of the policy is the fixture's", ethernet(MAC, IPV4, PACKET));
  }
}
