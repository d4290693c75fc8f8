package io.arbalest.antispoof;

import static io.arbalest.antispoof.Frames.ICMP6;
import static io.arbalest.antispoof.Frames.IPV6;
import static io.arbalest.antispoof.Frames.LINK_LOCAL;
import static io.arbalest.antispoof.Frames.MAC;
import static io.arbalest.antispoof.Frames.OTHER_MAC;
import static io.arbalest.antispoof.Frames.TCP;
import static io.arbalest.antispoof.Frames.UDP;
import static io.arbalest.antispoof.Frames.advertisement;
import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.cut;
import static io.arbalest.antispoof.Frames.dhcp6;
import static io.arbalest.antispoof.Frames.duidLl;
import static io.arbalest.antispoof.Frames.duidLlt;
import static io.arbalest.antispoof.Frames.fragment;
import static io.arbalest.antispoof.Frames.icmp6;
import static io.arbalest.antispoof.Frames.ip;
import static io.arbalest.antispoof.Frames.ipv6;
import static io.arbalest.antispoof.Frames.option6;
import static io.arbalest.antispoof.Frames.options;
import static io.arbalest.antispoof.Frames.own;
import static io.arbalest.antispoof.Frames.routerAlert;
import static io.arbalest.antispoof.Frames.slla;
import static io.arbalest.antispoof.Frames.solicitation;
import static io.arbalest.antispoof.Frames.tcp;
import static io.arbalest.antispoof.Frames.tlla;
import static io.arbalest.antispoof.Frames.udp;

import io.arbalest.antispoof.IllumosTable.Kind;

/** Rows 57 to 92 of the table that was read from illumos's source. */
final class IllumosIpv6Rows {
  private static final String OWN = "fd00::5";
  private static final String PEER = "fd00::9";
  private static final String FOREIGN = "fd00::6";
  private static final String SERVERS = "ff02::1:2";
  private static final String PASS = " | - - - - - | - -";
  private static final String OWN_SOURCE = " | - - - ipv6-source - | - ipv6-source";
  private static final String NO_SOURCE =
      " | - - ipv6-source ipv6-source - | ipv6-source ipv6-source";
  private static final String LEARNED = " | - - ipv6-source - - | ipv6-source -";

  private IllumosIpv6Rows() {}

  static void addTo(IllumosTable table) {
    sources(table);
    probes(table);
    neighbours(table);
    hidden(table);
    headers(table);
    clients(table);
    otherDhcp(table);
  }

  private static byte[] from(String source) {
    return own(IPV6, ipv6(64, source, PEER, TCP, tcp(1, 2)));
  }

  private static void sources(IllumosTable table) {
    String nobody = "ipv6-source-unspecified ipv6-source-unspecified";
    table.row("57 | - - - - - | " + nobody, from("::"));
    table.row("58" + PASS, from(LINK_LOCAL));
    table.row("59" + NO_SOURCE, from("fe80::1234"));
    table.row("60" + OWN_SOURCE, from(OWN));
    table.row("61" + NO_SOURCE, from(FOREIGN));
    table.row(Kind.LEARNED, "62" + LEARNED, from("2001:db8::8:20ff:fe11:2233"));
    table.row(Kind.LEARNED, "63" + NO_SOURCE, from("2001:db8::1234"));
    table.row(Kind.LEARNED, "64" + LEARNED, from("2001:db8::d6"));
    String never = " | - - ipv6-source ipv6-source - | ";
    String group = "ipv6-source-group ";
    String loopback = "ipv6-source-loopback ";
    table.row("65 group" + never + group + group, from("ff02::1"));
    table.row("65 loopback" + never + loopback + loopback, from("::1"));
    table.row(
        "66 | - - ipv6-length ipv6-length dhcp-format | truncated truncated", cut(from(OWN), 53));
  }

  private static byte[] nd(String source, String destination, byte[] message) {
    return own(IPV6, ipv6(source, destination, ICMP6, message));
  }

  private static byte[] nd(byte[] message) {
    return nd(LINK_LOCAL, PEER, message);
  }

  private static void probes(IllumosTable table) {
    String link = " | - - nd-link-address nd-link-address - | nd-link-address nd-link-address";
    byte[] plain = icmp6(133, new byte[4]);
    byte[] mine = icmp6(133, new byte[4], slla(MAC));
    byte[] other = icmp6(133, new byte[4], slla(OTHER_MAC));
    table.row("67 | - - - - - | nd-target ~nd", nd("::", "ff02::1:ff00:6", solicitation(FOREIGN)));
    table.row("75 from ::" + PASS, nd("::", "ff02::2", plain));
    table.row(
        "75 from :: with SLLA | - - - - - | nd-probe-format nd-probe-format",
        nd("::", "ff02::2", mine));
    table.row("75 without SLLA" + PASS, nd(LINK_LOCAL, "ff02::2", plain));
    table.row("75" + PASS, nd(LINK_LOCAL, "ff02::2", mine));
    table.row("75 foreign" + link, nd(LINK_LOCAL, "ff02::2", other));
  }

  private static void neighbours(IllumosTable table) {
    String link = " | - - nd-link-address nd-link-address - | nd-link-address nd-link-address";
    table.row("68" + PASS, nd(solicitation(PEER, slla(MAC))));
    table.row("69" + link, nd(solicitation(PEER, slla(OTHER_MAC))));
    table.row(
        "69 length | - - nd-link-address nd-link-address - | "
            + "nd-option-malformed nd-option-malformed",
        nd(solicitation(PEER, bytes(1, 2), MAC.toBytes(), new byte[8])));
    table.row("70" + PASS, nd(solicitation(PEER)));
    table.row("71" + OWN_SOURCE, nd(OWN, PEER, advertisement(OWN, tlla(MAC))));
    table.row("72" + PASS, nd(advertisement(LINK_LOCAL, tlla(MAC))));
    table.row("72 without TLLA" + PASS, nd(advertisement(LINK_LOCAL)));
    table.row(
        "73 | - - nd-target nd-target - | nd-target nd-target",
        nd(advertisement(FOREIGN, tlla(MAC))));
    table.row("74" + link, nd(advertisement(LINK_LOCAL, tlla(OTHER_MAC))));
    table.row(
        "76 | - - - - - | nd-router-advertisement nd-router-advertisement",
        nd(icmp6(134, new byte[12], slla(MAC))));
    table.row(
        "77 | - - - - - | nd-redirect nd-redirect",
        nd(icmp6(137, new byte[4], ip(PEER), ip(FOREIGN), tlla(OTHER_MAC))));
    String cut = " | - - ipv6-length ipv6-length - | truncated truncated";
    table.row("78 ICMPv6" + cut, nd(cut(solicitation(PEER), 7)));
    table.row("78 NS" + cut, nd(cut(solicitation(PEER), 23)));
    table.row("78 NA" + cut, nd(cut(advertisement(OWN), 23)));
    table.row(
        "79 | - - nd-option-malformed nd-option-malformed - | "
            + "nd-option-malformed nd-option-malformed",
        nd(solicitation(PEER, bytes(14, 0), new byte[6])));
  }

  private static byte[] link(int next, byte[]... payload) {
    return own(IPV6, ipv6(LINK_LOCAL, PEER, next, payload));
  }

  private static void hidden(IllumosTable table) {
    byte[] spoof = advertisement(FOREIGN, tlla(MAC));
    String behind = " | - - - - - | nd-extension-header nd-extension-header";
    table.row("80 hop-by-hop" + behind, link(0, options(ICMP6), spoof));
    table.row("80 destination" + behind, link(60, options(ICMP6), spoof));
    table.row(
        "80 fragment | - - - - - | nd-fragment nd-fragment",
        link(44, fragment(ICMP6, 0, true), spoof));
    byte[] echo = icmp6(128, new byte[4]);
    table.row("81" + OWN_SOURCE, own(IPV6, ipv6(64, OWN, PEER, ICMP6, echo)));
    table.row("81 link-local" + PASS, link(ICMP6, echo));
    byte[] report = icmp6(143, bytes(0, 0, 0, 1, 4, 0, 0, 0), ip("ff02::fb"));
    table.row("82" + PASS, link(0, routerAlert(ICMP6), report));
    table.row(
        "82 from ::" + PASS, own(IPV6, ipv6("::", "ff02::16", 0, routerAlert(ICMP6), report)));
  }

  private static void headers(IllumosTable table) {
    table.row("83" + PASS, link(44, fragment(UDP, 1448, true), new byte[8]));
    String first = " | - - - - dhcp-fragment | dhcpv6-client dhcp-fragment";
    table.row("84" + first, link(44, fragment(UDP, 0, true), udp(546, 547, dhcp6(1))));
    table.row("84 atomic" + first, link(44, fragment(UDP, 0, false), udp(546, 547, dhcp6(1))));
    String cut = " | - - - - dhcp-format | truncated truncated";
    table.row("85 hop-by-hop" + cut, link(0, bytes(UDP)));
    table.row("85 destination" + cut, link(60, bytes(UDP, 1, 1, 4, 0, 0, 0, 0)));
    table.row("85 routing" + cut, link(43, bytes(UDP, 2), new byte[14]));
    table.row("85 fragment" + cut, link(44, bytes(UDP, 0, 0, 0, 1, 2, 3)));
    byte[] foreign = udp(546, 547, dhcp6(1, option6(1, duidLl(OTHER_MAC))));
    String followed = " | - - - - - | dhcpv6-client dhcpv6-client-id";
    table.row("85b AH" + followed, link(51, bytes(UDP, 1), new byte[10], foreign));
    for (int header : new int[] {135, 139, 140}) {
      table.row("85b " + header + followed, link(header, options(UDP), foreign));
    }
  }

  private static byte[] client(byte[] message) {
    return own(IPV6, ipv6(LINK_LOCAL, SERVERS, UDP, udp(546, 547, message)));
  }

  private static void clients(IllumosTable table) {
    String good = " | - - dhcpv6-client ~dhcpv6 - | dhcpv6-client ~dhcpv6";
    String bad = " | - - dhcpv6-client ~dhcpv6 dhcpv6-client-id | dhcpv6-client dhcpv6-client-id";
    byte[] vendor = bytes(0, 2, 0, 0, 0xab, 0x11, 1, 2, 3, 4, 5, 6, 7, 8);
    byte[] unlisted = bytes(0, 2, 0, 0, 0xab, 0x11, 1, 2, 3, 4, 5, 6, 7, 9);
    byte[] uuid = bytes(0, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    table.row("86 LL" + good, client(dhcp6(1, option6(1, duidLl(MAC)))));
    table.row("86 LLT" + good, client(dhcp6(1, option6(1, duidLlt(MAC)))));
    table.row("87 LL" + bad, client(dhcp6(1, option6(1, duidLl(OTHER_MAC)))));
    table.row("87 LLT" + bad, client(dhcp6(1, option6(1, duidLlt(OTHER_MAC)))));
    table.row("87 EN" + bad, client(dhcp6(1, option6(1, unlisted))));
    table.row("87 UUID" + bad, client(dhcp6(1, option6(1, uuid))));
    table.row(Kind.LISTED_CLIENT, "88 listed" + good, client(dhcp6(1, option6(1, vendor))));
    table.row(Kind.LISTED_CLIENT, "88 unlisted" + bad, client(dhcp6(1, option6(1, unlisted))));
    table.row(Kind.ANY_CLIENT, "88 any" + good, client(dhcp6(1, option6(1, unlisted))));
  }

  private static void otherDhcp(IllumosTable table) {
    String good = " | - - dhcpv6-client ~dhcpv6 - | dhcpv6-client ~dhcpv6";
    String server = " | - - dhcpv6-client ~dhcpv6 - | dhcpv6-server dhcpv6-server";
    table.row("89" + good, client(dhcp6(11, option6(8, bytes(0, 0)))));
    String malformed = " | - - dhcpv6-client ~dhcpv6 - | dhcpv6-client dhcp-option-malformed";
    table.row("89 one byte" + malformed, client(dhcp6(1, option6(1, bytes(1)))));
    for (int type : new int[] {2, 7, 10}) {
      byte[] reply = udp(547, 546, dhcp6(type, option6(1, duidLl(OTHER_MAC))));
      table.row("90 type " + type + server, own(IPV6, ipv6(LINK_LOCAL, PEER, UDP, reply)));
    }
    byte[] relayed = udp(547, 547, bytes(12, 0), new byte[32], option6(9, dhcp6(1)));
    table.row("91" + server, own(IPV6, ipv6(LINK_LOCAL, SERVERS, UDP, relayed)));
    table.row("92 | - - - - - | dhcpv6-client dhcp-format", client(new byte[3]));
  }
}
