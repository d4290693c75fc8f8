package io.arbalest.antispoof;

import static io.arbalest.antispoof.Frames.IPV6;
import static io.arbalest.antispoof.Frames.LINK_LOCAL;
import static io.arbalest.antispoof.Frames.MAC;
import static io.arbalest.antispoof.Frames.OTHER_MAC;
import static io.arbalest.antispoof.Frames.UDP;
import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.cut;
import static io.arbalest.antispoof.Frames.dhcp6;
import static io.arbalest.antispoof.Frames.duidLl;
import static io.arbalest.antispoof.Frames.duidLlt;
import static io.arbalest.antispoof.Frames.fragment;
import static io.arbalest.antispoof.Frames.ipv6;
import static io.arbalest.antispoof.Frames.join;
import static io.arbalest.antispoof.Frames.option6;
import static io.arbalest.antispoof.Frames.own;
import static io.arbalest.antispoof.Frames.u16;
import static io.arbalest.antispoof.Frames.udp;

import io.arbalest.antispoof.DecisionTable.Policy;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.Topic;
import java.util.HexFormat;
import java.util.List;

/** Rows on what a DHCPv6 client says, in strict form. */
final class Dhcpv6Rows {
  private static final PortPolicy CLIENT = Policies.dynamic().listedClients().policy();
  private static final PortPolicy ANY = Policies.dynamic().anyClient().policy();
  private static final PortPolicy WITHOUT_MODE =
      Policies.dynamic().modes("mac-nospoof", "restricted", "ip-nospoof").policy();
  private static final String SERVERS = "ff02::1:2";
  private static final int UDP_AT = 54;

  /** Identifiers that are neither the own one nor listed, but nearly so. */
  static final List<byte[]> FOREIGN =
      List.of(
          duidLl(OTHER_MAC),
          duidLlt(OTHER_MAC),
          join(duidLl(MAC), bytes(0)),
          join(duidLlt(MAC), bytes(0)),
          cut(duidLl(MAC), 9),
          cut(duidLlt(MAC), 13),
          join(u16(4, 1), MAC.toBytes()),
          join(u16(2, 1), MAC.toBytes()),
          join(u16(2, 1, 0, 0), MAC.toBytes()),
          join(u16(0, 1, 0, 0), MAC.toBytes()),
          bytes(0, 3));

  private Dhcpv6Rows() {}

  static void addTo(DecisionTable table) {
    types(table);
    lengths(table);
    options(table);
    identifiers(table);
    hiding(table);
    modes(table);
  }

  private static byte[] message(int type, byte[]... options) {
    return behind(UDP, udp(546, 547, dhcp6(type, options)));
  }

  private static byte[] behind(int next, byte[]... payload) {
    return own(IPV6, ipv6(64, LINK_LOCAL, SERVERS, next, payload));
  }

  private static void note(DecisionTable table, String name, byte[] frame) {
    table.note(name, CLIENT, Topic.DHCPV6, frame);
  }

  private static void drop(DecisionTable table, String name, DropReason reason, byte[] frame) {
    table.drop(name, CLIENT, reason, frame);
  }

  private static void types(DecisionTable table) {
    for (int type : new int[] {1, 3, 4, 5, 6, 8, 9, 11, 36}) {
      note(table, "type " + type, message(type, option6(1, duidLl(MAC))));
    }
    for (int type : new int[] {0, 2, 7, 10, 12, 13, 14, 35, 37}) {
      drop(table, "type " + type, DropReason.DHCPV6_SERVER, message(type));
    }
  }

  private static void lengths(DecisionTable table) {
    byte[] good = message(1, option6(1, duidLl(MAC)));
    note(table, "padded", join(good, new byte[9]));
    byte[] shorter = good.clone();
    shorter[UDP_AT + 5]--;
    drop(table, "UDP shorter than IP", DropReason.DHCP_FORMAT, shorter);
    byte[] longer = join(good, new byte[9]);
    longer[UDP_AT + 5]++;
    drop(table, "UDP longer than IP", DropReason.DHCP_FORMAT, longer);
    note(table, "no option", message(11));
    drop(table, "92 no message", DropReason.DHCP_FORMAT, behind(UDP, udp(546, 547, new byte[3])));
  }

  private static void options(DecisionTable table) {
    byte[] id = option6(1, duidLl(MAC));
    byte[] elapsed = option6(8, bytes(0, 0));
    byte[] association = option6(3, new byte[12]);
    note(table, "in any order", message(1, elapsed, association, id));
    note(table, "others twice", message(1, id, association, association));
    drop(
        table,
        "identifier twice",
        DropReason.DHCP_OPTION_DUPLICATE,
        message(1, id, elapsed, option6(1, duidLl(OTHER_MAC))));
    malformed(table, "three bytes", message(1, id, bytes(0, 8, 0)));
    note(table, "four bytes", message(1, id, bytes(0, 8, 0, 0)));
    malformed(table, "one byte over", message(1, id, bytes(0, 8, 0, 1)));
    malformed(table, "over, padded", join(message(1, bytes(0, 8, 0, 1)), new byte[9]));
    malformed(table, "three bytes, padded", join(message(1, bytes(0, 8, 0)), new byte[9]));
    malformed(table, "89 identifier of one byte", message(1, option6(1, bytes(1))));
    malformed(table, "identifier of no byte", message(1, option6(1, bytes())));
    note(table, "32 options", message(1, id, many(31)));
    drop(table, "33 options", DropReason.DHCP_OPTION_LIMIT, message(1, id, many(32)));
  }

  private static void malformed(DecisionTable table, String name, byte[] frame) {
    drop(table, "malformed: " + name, DropReason.DHCP_OPTION_MALFORMED, frame);
  }

  private static byte[] many(int count) {
    byte[][] options = new byte[count][];
    for (int i = 0; i < count; i++) {
      options[i] = option6(100 + i, bytes(i));
    }
    return join(options);
  }

  private static void identifiers(DecisionTable table) {
    note(table, "86 LLT", message(1, option6(1, duidLlt(MAC))));
    note(table, "88 listed", message(1, option6(1, bytes('w', 'e', 'b'))));
    note(table, "89 none", message(1));
    note(table, "option 257 is no identifier", message(1, option6(257, duidLl(OTHER_MAC))));
    for (byte[] foreign : FOREIGN) {
      identifier(table, HexFormat.of().formatHex(foreign), foreign);
    }
    table.note("88 any", ANY, Topic.DHCPV6, message(1, option6(1, duidLl(OTHER_MAC))));
  }

  private static void identifier(DecisionTable table, String name, byte[] duid) {
    drop(table, "87 " + name, DropReason.DHCPV6_CLIENT_ID, message(1, option6(1, duid)));
  }

  private static void hiding(DecisionTable table) {
    byte[] good = udp(546, 547, dhcp6(1, option6(1, duidLl(MAC))));
    byte[] foreign = udp(546, 547, dhcp6(1, option6(1, duidLl(OTHER_MAC))));
    note(table, "behind options", behind(60, Frames.options(UDP), good));
    drop(
        table,
        "foreign behind options",
        DropReason.DHCPV6_CLIENT_ID,
        behind(60, Frames.options(UDP), foreign));
    drop(
        table,
        "84 first fragment",
        DropReason.DHCP_FRAGMENT,
        behind(44, fragment(UDP, 0, true), good));
    table.drop(
        "several in one aggregate",
        Policy.of(CLIENT),
        DropReason.DHCP_FRAGMENT,
        Frame.aggregate(
            Frames.own(Frames.IPV6, Frames.ipv6(Frames.LINK_LOCAL, SERVERS, UDP, good))));
    byte[] padding = join(behind(44, fragment(60, 0, true), Frames.options(UDP)), new byte[8]);
    drop(table, "UDP header in the next fragment", DropReason.TRUNCATED, padding);
    byte[] empty = join(behind(44, fragment(UDP, 0, true)), new byte[8]);
    drop(table, "empty first fragment", DropReason.TRUNCATED, empty);
  }

  private static void modes(DecisionTable table) {
    byte[] foreign = message(2, option6(1, duidLl(OTHER_MAC)));
    table.note("anything without dhcp-nospoof", WITHOUT_MODE, Topic.DHCPV6, foreign);
    PortPolicy alone = Policies.empty().modes("dhcp-nospoof").policy();
    table.pass(
        "86 under dhcp-nospoof alone, no method", alone, message(1, option6(1, duidLl(MAC))));
    table.drop(
        "87 under dhcp-nospoof alone",
        alone,
        DropReason.DHCPV6_CLIENT_ID,
        message(1, option6(1, duidLl(OTHER_MAC))));
    table.drop("86 method off", DropReason.DHCPV6_CLIENT, message(1, option6(1, duidLl(MAC))));
    table.drop(
        "from an odd port, method off",
        DropReason.DHCPV6_CLIENT,
        behind(UDP, udp(5460, 547, dhcp6(1))));
    table.drop(
        "to an odd port, method off",
        DropReason.DHCPV6_CLIENT,
        behind(UDP, udp(546, 5470, dhcp6(1))));
    for (int port : new int[] {545, 548}) {
      table.pass("no DHCPv6: port " + port, behind(UDP, udp(port, port, new byte[4])));
    }
  }
}
