package io.arbalest.antispoof;

import static io.arbalest.antispoof.Frames.IPV4;
import static io.arbalest.antispoof.Frames.MAC;
import static io.arbalest.antispoof.Frames.UDP;
import static io.arbalest.antispoof.Frames.cut;
import static io.arbalest.antispoof.Frames.dhcp;
import static io.arbalest.antispoof.Frames.ipv4;
import static io.arbalest.antispoof.Frames.own;
import static io.arbalest.antispoof.Frames.tcp;
import static io.arbalest.antispoof.Frames.udp;

import io.arbalest.antispoof.Frames.Ipv4;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Topic;

/** Rows on IPv4 and DHCP. */
final class Ipv4Rows {
  private static final String OWN = "10.0.0.5";
  private static final String PEER = "10.0.0.9";
  private static final String ANY = "0.0.0.0";
  private static final String BROADCAST = "255.255.255.255";

  private Ipv4Rows() {}

  static void addTo(DecisionTable table) {
    sources(table);
    headers(table);
    fragments(table);
    clients(table);
    servers(table);
  }

  private static byte[] frame(String source, String destination) {
    return own(IPV4, ipv4(source, destination, Frames.TCP, tcp(1, 2)));
  }

  private static byte[] frame(Ipv4 header, String source, byte[]... payload) {
    return own(IPV4, ipv4(header, source, PEER, payload));
  }

  private static void sources(DecisionTable table) {
    table.pass("1 to a peer", frame(OWN, PEER));
    table.pass("1 to a group", frame(OWN, "224.0.0.251"));
    table.pass("1 to everyone", frame(OWN, BROADCAST));
    table.drop("1 no lease", DecisionTable.DYNAMIC, DropReason.IPV4_SOURCE, frame(OWN, PEER));
    table.pass("30 last address of a network", frame("10.1.255.255", PEER));
    table.drop("after a network", DropReason.IPV4_SOURCE, frame("10.2.0.0", PEER));
    table.drop("31 foreign", DropReason.IPV4_SOURCE, frame("10.0.0.6", PEER));
    table.pass("31 under mac-nospoof alone", DecisionTable.MAC_ONLY, frame("10.0.0.6", PEER));
    table.drop("32 loopback", DropReason.IPV4_SOURCE_LOOPBACK, frame("127.0.0.1", PEER));
    table.drop(
        "32 loopback under mac-nospoof alone",
        DecisionTable.MAC_ONLY,
        DropReason.IPV4_SOURCE_LOOPBACK,
        frame("127.255.255.255", PEER));
    table.drop("32 group", DropReason.IPV4_SOURCE_GROUP, frame("224.0.0.1", PEER));
    table.drop("32 last group", DropReason.IPV4_SOURCE_GROUP, frame("239.255.255.255", PEER));
    table.drop("32 broadcast", DropReason.IPV4_SOURCE_GROUP, frame(BROADCAST, PEER));
    table.drop("reserved", DropReason.IPV4_SOURCE, frame("240.0.0.1", PEER));
    table.pass("no address, mac-nospoof alone", DecisionTable.EMPTY_MAC_ONLY, frame(OWN, PEER));
    table.drop("no address", DecisionTable.EMPTY, DropReason.NO_ADDRESS, frame(OWN, PEER));
  }

  private static void headers(DecisionTable table) {
    byte[] good = frame(OWN, PEER);
    table.drop("33 cut", DropReason.TRUNCATED, cut(good, 33));
    table.drop("total length over the frame", DropReason.IPV4_LENGTH, cut(good, 53));
    table.pass("padded to the least frame", cut(good, 60));
    table.pass("34 options", frame(new Ipv4(4, 15, 0, Frames.TCP), OWN, tcp(1, 2)));
    table.drop("35 version 6", DropReason.IPV4_VERSION, frame(new Ipv4(6, 5, 0, Frames.TCP), OWN));
    table.drop(
        "header of 16 bytes",
        DropReason.IPV4_HEADER_LENGTH,
        frame(new Ipv4(4, 4, 0, Frames.TCP), OWN));
    byte[] shortTotal = frame(OWN, PEER);
    shortTotal[17] = 19;
    table.drop("total length under the header", DropReason.IPV4_LENGTH, shortTotal);
    byte[] empty = own(IPV4, ipv4(OWN, PEER, Frames.TCP));
    table.pass("total length equal to header and frame", empty);
  }

  private static void fragments(DecisionTable table) {
    table.pass("36 later fragment", frame(new Ipv4(4, 5, 185, UDP), OWN, new byte[8]));
    table.drop(
        "37 later fragment, foreign",
        DropReason.IPV4_SOURCE,
        frame(new Ipv4(4, 5, 185, UDP), "10.0.0.6", new byte[8]));
    table.pass("38 first fragment", frame(new Ipv4(4, 5, 0x2000, UDP), OWN, udp(5, 6)));
    table.pass(
        "later fragment that looks like a server",
        frame(new Ipv4(4, 5, 185, UDP), OWN, udp(67, 68)));
    table.pass(
        "second fragment that looks like a server",
        frame(new Ipv4(4, 5, 1, UDP), OWN, udp(67, 68)));
    table.drop(
        "39 stricter: first fragment of a server",
        DropReason.DHCPV4_SERVER,
        frame(new Ipv4(4, 5, 0x2000, UDP), OWN, udp(67, 68)));
    table.drop(
        "40 stricter: UDP header cut off",
        DropReason.TRUNCATED,
        frame(new Ipv4(4, 5, 0, UDP), OWN, new byte[3]));
  }

  private static byte[] discover(String destination, int from, int to) {
    return own(IPV4, ipv4(ANY, destination, UDP, udp(from, to, dhcp(1, MAC))));
  }

  private static void clients(DecisionTable table) {
    byte[] discover = discover(BROADCAST, 68, 67);
    table.drop("42 method off", DropReason.DHCPV4_CLIENT, discover);
    table.note("42 51 method on", DecisionTable.DYNAMIC, Topic.DHCPV4, discover);
    table.pass("42 under mac-nospoof alone", DecisionTable.MAC_ONLY, discover);
    table.drop("42 no method", DecisionTable.EMPTY, DropReason.NO_ADDRESS, discover);
    table.note(
        "42 behind IPv4 options",
        DecisionTable.DYNAMIC,
        Topic.DHCPV4,
        own(IPV4, ipv4(new Ipv4(4, 6, 0, UDP), ANY, BROADCAST, udp(68, 67, dhcp(1, MAC)))));
    unspecified(table, "29 not UDP", frame(ANY, BROADCAST));
    for (int protocol : new int[] {Frames.TCP, 132}) {
      byte[] other = ipv4(ANY, BROADCAST, protocol, udp(68, 67));
      unspecified(table, "29 the ports of DHCP in protocol " + protocol, own(IPV4, other));
    }
    unspecified(table, "29 not broadcast", discover(PEER, 68, 67));
    unspecified(table, "29 not from port 68", discover(BROADCAST, 69, 67));
    unspecified(table, "29 not to port 67", discover(BROADCAST, 68, 69));
    unspecified(
        table,
        "29 a first fragment",
        own(IPV4, ipv4(new Ipv4(4, 5, 0x2000, UDP), ANY, BROADCAST, udp(68, 67))));
    unspecified(
        table,
        "29 a later fragment",
        own(IPV4, ipv4(new Ipv4(4, 5, 1, UDP), ANY, BROADCAST, udp(68, 67))));
  }

  private static void unspecified(DecisionTable table, String name, byte[] frame) {
    table.drop(name, DecisionTable.DYNAMIC, DropReason.IPV4_SOURCE_UNSPECIFIED, frame);
  }

  private static void servers(DecisionTable table) {
    byte[] offer = own(IPV4, ipv4(OWN, BROADCAST, UDP, udp(67, 68, dhcp(2, MAC))));
    table.drop("49 offer", DropReason.DHCPV4_SERVER, offer);
    table.pass("49 offer, granted", DecisionTable.GRANTED, offer);
    table.drop(
        "49 offer from an odd port",
        DropReason.DHCPV4_SERVER,
        own(IPV4, ipv4(OWN, BROADCAST, UDP, udp(6767, 68, dhcp(2, MAC)))));
    table.drop(
        "49 to a relay",
        DropReason.DHCPV4_SERVER,
        own(IPV4, ipv4(OWN, PEER, UDP, udp(67, 67, dhcp(2, MAC)))));
    table.drop(
        "49 from the server port behind IPv4 options",
        DropReason.DHCPV4_SERVER,
        frame(new Ipv4(4, 7, 0, UDP), OWN, udp(67, 6868, dhcp(2, MAC))));
    table.drop(
        "49 to the client port behind IPv4 options",
        DropReason.DHCPV4_SERVER,
        frame(new Ipv4(4, 15, 0, UDP), OWN, udp(6767, 68, dhcp(2, MAC))));
    table.drop(
        "49 from the server port behind one option",
        DropReason.DHCPV4_SERVER,
        frame(new Ipv4(4, 6, 0, UDP), OWN, udp(67, 6868, dhcp(2, MAC))));
    table.pass("UDP of high ports", frame(new Ipv4(4, 5, 0, UDP), OWN, udp(5000, 6000)));
    table.pass("SCTP of low ports", frame(new Ipv4(4, 5, 0, 132), OWN, udp(67, 68)));

    table.pass("not UDP", own(IPV4, ipv4(OWN, PEER, Frames.TCP, tcp(67, 68))));
  }
}
