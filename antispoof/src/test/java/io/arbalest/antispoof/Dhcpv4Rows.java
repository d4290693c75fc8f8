package io.arbalest.antispoof;

import static io.arbalest.antispoof.Frames.IPV4;
import static io.arbalest.antispoof.Frames.MAC;
import static io.arbalest.antispoof.Frames.OTHER_MAC;
import static io.arbalest.antispoof.Frames.UDP;
import static io.arbalest.antispoof.Frames.bootp;
import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.clientId;
import static io.arbalest.antispoof.Frames.cut;
import static io.arbalest.antispoof.Frames.dhcp;
import static io.arbalest.antispoof.Frames.ipv4;
import static io.arbalest.antispoof.Frames.join;
import static io.arbalest.antispoof.Frames.option;
import static io.arbalest.antispoof.Frames.own;
import static io.arbalest.antispoof.Frames.udp;

import io.arbalest.antispoof.DecisionTable.Policy;
import io.arbalest.antispoof.Frames.Bootp;
import io.arbalest.antispoof.Frames.Ipv4;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.Topic;
import io.arbalest.linux.net.MacAddress;
import java.util.HexFormat;
import java.util.List;

/** Rows on what a DHCP client says, in strict form. */
final class Dhcpv4Rows {
  private static final PortPolicy CLIENT = Policies.dynamic().listedClients().policy();
  private static final PortPolicy ANY = Policies.dynamic().anyClient().policy();
  private static final PortPolicy WITHOUT_MODE =
      Policies.dynamic().modes("mac-nospoof", "restricted", "ip-nospoof").policy();
  private static final byte[] END = bytes(255);
  private static final byte[] DISCOVER = bytes(53, 1, 1);
  private static final int UDP_AT = 34;

  /** Identifiers that are neither the own one nor listed, but nearly so. */
  static final List<byte[]> FOREIGN =
      List.of(
          join(bytes(1), OTHER_MAC.toBytes()),
          join(bytes(6), MAC.toBytes()),
          join(bytes(0), MAC.toBytes()),
          join(bytes(1), MAC.toBytes(), bytes(0)),
          join(bytes(1), cut(MAC.toBytes(), 5)),
          MAC.toBytes(),
          bytes(255, 0, 1, 2),
          bytes(255, 0, 1, 2, 3, 0));

  private static final int DHCP_AT = UDP_AT + 8;

  private Dhcpv4Rows() {}

  static void addTo(DecisionTable table) {
    headers(table);
    lengths(table);
    types(table);
    options(table);
    identifiers(table);
    limits(table);
    modes(table);
  }

  private static byte[] message(byte[]... options) {
    return message(new Ipv4(4, 5, 0, UDP), bootp(Bootp.REQUEST, options));
  }

  private static byte[] message(Ipv4 header, byte[] bootp) {
    return own(IPV4, ipv4(header, "0.0.0.0", "255.255.255.255", udp(68, 67, bootp)));
  }

  private static byte[] message(Bootp header) {
    return message(new Ipv4(4, 5, 0, UDP), bootp(header, DISCOVER, END));
  }

  private static void note(DecisionTable table, String name, byte[] frame) {
    table.note(name, CLIENT, Topic.DHCPV4, frame);
  }

  private static void drop(DecisionTable table, String name, DropReason reason, byte[] frame) {
    table.drop(name, CLIENT, reason, frame);
  }

  private static byte[] with(byte[] frame, int at, int value) {
    frame[at] = (byte) value;
    return frame;
  }

  private static void headers(DecisionTable table) {
    note(table, "honest", message(DISCOVER, END));
    drop(table, "reply", DropReason.DHCPV4_OPERATION, message(new Bootp(2, 1, 6, MAC)));
    drop(table, "operation 0", DropReason.DHCPV4_OPERATION, message(new Bootp(0, 1, 6, MAC)));
    drop(table, "token ring", DropReason.DHCP_FORMAT, message(new Bootp(1, 6, 6, MAC)));
    drop(table, "44 hlen 5", DropReason.DHCP_FORMAT, message(new Bootp(1, 1, 5, MAC)));
    drop(table, "44 hlen 7", DropReason.DHCP_FORMAT, message(new Bootp(1, 1, 7, MAC)));
    drop(table, "43 chaddr", DropReason.DHCPV4_CHADDR, message(new Bootp(1, 1, 6, OTHER_MAC)));
    MacAddress next = MacAddress.parse("2:8:20:11:22:34");
    drop(table, "43 one bit", DropReason.DHCPV4_CHADDR, message(new Bootp(1, 1, 6, next)));
    for (int at = 236; at < 240; at++) {
      byte[] frame = with(message(DISCOVER, END), DHCP_AT + at, 0);
      drop(table, "no cookie, byte " + at, DropReason.DHCP_FORMAT, frame);
      byte[] more = with(message(DISCOVER, END), DHCP_AT + at, 0xff);
      drop(table, "another cookie, byte " + at, DropReason.DHCP_FORMAT, more);
    }
    for (int at = 24; at < 28; at++) {
      byte[] frame = with(message(DISCOVER, END), DHCP_AT + at, 1);
      drop(table, "of a relay, byte " + at, DropReason.DHCPV4_SERVER, frame);
    }
    note(table, "with ciaddr", with(message(DISCOVER, END), DHCP_AT + 12, 10));
    note(table, "with siaddr", with(message(DISCOVER, END), DHCP_AT + 23, 10));
    note(table, "with more of chaddr", with(message(DISCOVER, END), DHCP_AT + 34, 10));
  }

  private static void lengths(DecisionTable table) {
    table.drop(
        "fragment",
        Policies.dynamic().learned("10.0.0.77").policy(),
        DropReason.DHCP_FRAGMENT,
        own(
            IPV4,
            ipv4(new Ipv4(4, 5, 0x2000, UDP), "10.0.0.77", "10.0.0.1", udp(68, 67, dhcp(3, MAC)))));
    table.drop(
        "several in one aggregate",
        Policy.of(Policies.dynamic().policy()),
        DropReason.DHCP_FRAGMENT,
        Frame.aggregate(message(DISCOVER, END)));
    byte[] padded = join(message(DISCOVER, END), new byte[20]);
    note(table, "padded", padded);
    note(table, "behind IPv4 options", message(new Ipv4(4, 6, 0, UDP), dhcp(1, MAC)));
    drop(
        table,
        "UDP shorter than IP",
        DropReason.DHCP_FORMAT,
        with(message(DISCOVER, END), UDP_AT + 5, 8 + 240 + 3));
    drop(
        table,
        "UDP longer than IP",
        DropReason.DHCP_FORMAT,
        with(padded.clone(), UDP_AT + 5, 8 + 240 + 5));
    note(table, "no option at all", message());
    byte[] cut = cut(message(), 42 + 239);
    cut[17] = (byte) (cut[17] - 1);
    cut[UDP_AT + 5] = (byte) (cut[UDP_AT + 5] - 1);
    drop(table, "41 one byte short", DropReason.DHCP_FORMAT, cut);
  }

  private static void types(DecisionTable table) {
    for (int type : new int[] {1, 3, 4, 7, 8}) {
      note(table, "type " + type, message(bytes(53, 1, type), END));
    }
    for (int type : new int[] {0, 2, 5, 6, 9, 10, 13, 17}) {
      byte[] frame = message(bytes(53, 1, type), END);
      drop(table, "type " + type, DropReason.DHCPV4_OPERATION, frame);
    }
    note(table, "50 without type", message(END));
  }

  private static void options(DecisionTable table) {
    byte[] list = option(55, bytes(1, 3, 6));
    note(table, "type last", message(list, option(12, bytes('a')), DISCOVER, END));
    note(table, "padding between", message(bytes(0, 0), DISCOVER, bytes(0), list, bytes(0), END));
    note(table, "padding after the end", message(DISCOVER, END, new byte[100]));
    note(table, "a second type after the end", message(DISCOVER, END, DISCOVER));
    note(table, "no end", message(DISCOVER));
    note(table, "empty option at the end", message(DISCOVER, bytes(12, 0)));
    identifier(table, "behind padding", join(bytes(0), clientId(OTHER_MAC)));
    note(table, "others twice", message(DISCOVER, list, list, END));
    malformed(table, "kind alone", message(DISCOVER, bytes(12)));
    malformed(table, "kind alone, padded", join(message(DISCOVER, bytes(12)), new byte[9]));
    malformed(table, "one byte over", message(DISCOVER, bytes(12, 2, 'a')));
    malformed(table, "over, padded", join(message(DISCOVER, bytes(12, 2, 'a')), new byte[9]));
    note(table, "up to the end", message(DISCOVER, bytes(12, 1, 'a')));
    malformed(table, "type of two bytes", message(bytes(53, 2, 1, 1), END));
    malformed(table, "type of no byte", message(bytes(53, 0), END));
    note(table, "requested address", message(DISCOVER, option(50, new byte[4]), END));
    malformed(table, "requested address short", message(DISCOVER, option(50, new byte[3]), END));
    note(table, "server", message(DISCOVER, option(54, new byte[4]), END));
    malformed(table, "server long", message(DISCOVER, option(54, new byte[5]), END));
    drop(
        table,
        "overload",
        DropReason.DHCPV4_OVERLOAD,
        message(DISCOVER, option(52, bytes(1)), END));
    note(table, "option 51", message(DISCOVER, option(51, bytes(1)), END));
    duplicate(table, "type", message(DISCOVER, DISCOVER, END));
    duplicate(
        table,
        "requested address",
        message(option(50, new byte[4]), DISCOVER, option(50, new byte[4]), END));
    duplicate(table, "server", message(option(54, new byte[4]), option(54, new byte[4]), END));
    duplicate(table, "identifier", message(clientId(MAC), DISCOVER, option(61, bytes(9, 9)), END));
  }

  private static void malformed(DecisionTable table, String name, byte[] frame) {
    drop(table, "malformed: " + name, DropReason.DHCP_OPTION_MALFORMED, frame);
  }

  private static void duplicate(DecisionTable table, String name, byte[] frame) {
    drop(table, "twice: " + name, DropReason.DHCP_OPTION_DUPLICATE, frame);
  }

  private static void identifiers(DecisionTable table) {
    note(table, "45 own", message(DISCOVER, clientId(MAC), END));
    note(table, "47 listed", message(DISCOVER, option(61, bytes(255, 0, 1, 2, 3)), END));
    note(table, "47 listed text", message(option(61, bytes('w', 'e', 'b')), DISCOVER, END));
    for (byte[] foreign : FOREIGN) {
      identifier(table, HexFormat.of().formatHex(foreign), option(61, foreign));
    }
    byte[] any = message(DISCOVER, clientId(OTHER_MAC), END);
    table.note("47 any", ANY, Topic.DHCPV4, any);
    table.drop(
        "any identifier, but not any MAC",
        ANY,
        DropReason.DHCPV4_CHADDR,
        message(new Bootp(1, 1, 6, OTHER_MAC)));
  }

  private static void identifier(DecisionTable table, String name, byte[] option) {
    drop(table, "46 " + name, DropReason.DHCPV4_CLIENT_ID, message(DISCOVER, option, END));
  }

  private static void limits(DecisionTable table) {
    note(table, "64 options", message(DISCOVER, many(63)));
    drop(table, "65 options", DropReason.DHCP_OPTION_LIMIT, message(DISCOVER, many(64)));
  }

  private static byte[] many(int count) {
    byte[][] options = new byte[count][];
    for (int i = 0; i < count; i++) {
      options[i] = option(100 + i % 20, bytes(1));
    }
    return join(options);
  }

  private static void modes(DecisionTable table) {
    byte[] foreign = message(new Bootp(1, 1, 5, OTHER_MAC));
    table.note("anything without dhcp-nospoof", WITHOUT_MODE, Topic.DHCPV4, foreign);
    table.pass(
        "honest under dhcp-nospoof alone, no method",
        Policies.empty().modes("dhcp-nospoof").policy(),
        message(DISCOVER, END));
    table.drop(
        "43 under dhcp-nospoof alone",
        Policies.empty().modes("dhcp-nospoof").policy(),
        DropReason.DHCPV4_CHADDR,
        message(new Bootp(1, 1, 6, OTHER_MAC)));
    byte[] renewal = own(IPV4, ipv4("10.0.0.5", "10.0.0.1", UDP, udp(68, 67, dhcp(3, MAC))));
    table.drop("55 renewal, method off", DropReason.DHCPV4_CLIENT, renewal);
    byte[] odd = own(IPV4, ipv4("10.0.0.5", "10.0.0.1", UDP, udp(6868, 67, dhcp(3, MAC))));
    table.drop("from an odd port, method off", DropReason.DHCPV4_CLIENT, odd);
    byte[] elsewhere = own(IPV4, ipv4("10.0.0.5", "10.0.0.1", UDP, udp(68, 6767, dhcp(3, MAC))));
    table.drop("to an odd port, method off", DropReason.DHCPV4_CLIENT, elsewhere);
    for (int port : new int[] {66, 69}) {
      byte[] near = own(IPV4, ipv4("10.0.0.5", "10.0.0.1", UDP, udp(port, port, new byte[4])));
      table.pass("no DHCP: port " + port, near);
    }
  }
}
