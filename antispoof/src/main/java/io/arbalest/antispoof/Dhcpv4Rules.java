package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.and;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.drop;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.either;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.ge;
import static io.arbalest.antispoof.rules.Dsl.gt;
import static io.arbalest.antispoof.rules.Dsl.has;
import static io.arbalest.antispoof.rules.Dsl.le;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.lt;
import static io.arbalest.antispoof.rules.Dsl.memberBytes;
import static io.arbalest.antispoof.rules.Dsl.minus;
import static io.arbalest.antispoof.rules.Dsl.ne;
import static io.arbalest.antispoof.rules.Dsl.not;
import static io.arbalest.antispoof.rules.Dsl.note;
import static io.arbalest.antispoof.rules.Dsl.num;
import static io.arbalest.antispoof.rules.Dsl.oneOf;
import static io.arbalest.antispoof.rules.Dsl.or;
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.plus;
import static io.arbalest.antispoof.rules.Dsl.repeat;
import static io.arbalest.antispoof.rules.Dsl.shl;
import static io.arbalest.antispoof.rules.Dsl.u16;
import static io.arbalest.antispoof.rules.Dsl.u32;
import static io.arbalest.antispoof.rules.Dsl.u48;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static io.arbalest.antispoof.rules.PolicyFlag.ALLOW_ALL_CLIENT_IDS;
import static io.arbalest.antispoof.rules.PolicyFlag.DHCP_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.GRANT_DHCP_SERVER;
import static io.arbalest.antispoof.rules.PolicyFlag.GRANT_ROUTER;
import static io.arbalest.antispoof.rules.PolicyFlag.IP_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.METHOD_DHCPV4;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.Step;
import io.arbalest.antispoof.rules.Topic;
import java.util.List;

/**
 * Rules on DHCP of RFC 2131, with the options of RFC 2132, after the variables of {@link
 * Ipv4Rules}: {@code at} is where UDP begins.
 */
final class Dhcpv4Rules {
  static final int SERVER_PORT = 67;
  static final int CLIENT_PORT = 68;

  /** The bytes before the options, magic cookie included. */
  static final int FIXED = 240;

  static final int UDP_HEADER = 8;
  static final int OPTION_PAD = 0;
  static final int OPTION_CLIENT_ID = 61;
  static final int OPTION_END = 255;

  /** As many as are followed in strict form; a client sends about ten. */
  static final int MAX_OPTIONS = 64;

  private static final int UDP_LENGTH = 4;
  private static final int OPERATION = UDP_HEADER;
  private static final int HARDWARE_TYPE_AND_LENGTH = UDP_HEADER + 1;
  private static final int HARDWARE_LENGTH = UDP_HEADER + 2;
  private static final int RELAY = UDP_HEADER + 24;
  private static final int CLIENT_HARDWARE = UDP_HEADER + 28;
  private static final int COOKIE = UDP_HEADER + 236;
  private static final int MAGIC = 0x6382_5363;
  private static final int REQUEST = 1;

  /** Hardware type 1, Ethernet, whose addresses are 6 bytes long. */
  private static final int ETHERNET_6 = 0x0106;

  private static final int OPTION_REQUESTED_ADDRESS = 50;
  private static final int OPTION_OVERLOAD = 52;
  private static final int OPTION_TYPE = 53;
  private static final int OPTION_SERVER = 54;

  /** DISCOVER, REQUEST, DECLINE, RELEASE, INFORM. */
  private static final long[] CLIENT_TYPES = {1, 3, 4, 7, 8};

  private Dhcpv4Rules() {}

  /** Whether UDP is of one of the two ports; two compares and two subtractions for other UDP. */
  static Cond ports() {
    return any(
        le(minus(var("from_port"), SERVER_PORT), 1), le(minus(var("to_port"), SERVER_PORT), 1));
  }

  static List<Step> steps() {
    return List.of(
        // Clients listen on port 68 alone: what goes there or comes from 67 speaks as a server.
        when(
            any(eq(var("from_port"), SERVER_PORT), eq(var("to_port"), CLIENT_PORT)),
            dropIf("dhcpv4.server", DropReason.DHCPV4_SERVER, not(granted())),
            pass("dhcpv4.granted")),
        dropIf(
            "dhcpv4.client",
            DropReason.DHCPV4_CLIENT,
            all(has(IP_NOSPOOF), not(has(METHOD_DHCPV4)))),
        when(has(DHCP_NOSPOOF), client()),
        when(has(METHOD_DHCPV4), note(Topic.DHCPV4)),
        pass("dhcpv4"));
  }

  /** Relays speak as servers do. */
  static Cond granted() {
    return any(has(GRANT_DHCP_SERVER), has(GRANT_ROUTER));
  }

  private static List<Step> client() {
    Expr at = var("at");
    Expr end = var("end");
    return List.of(
        dropIf(
            "dhcpv4.fragment",
            DropReason.DHCP_FRAGMENT,
            ne(and(u16(Ipv4Rules.FRAGMENT), Ipv4Rules.MORE_FRAGMENTS), 0)),
        let("end", plus(u16(Ipv4Rules.TOTAL_LENGTH), Ipv4Rules.HEADER)),
        dropIf(
            "dhcpv4.length",
            DropReason.DHCP_FORMAT,
            any(
                lt(end, plus(at, UDP_HEADER + FIXED)),
                ne(plus(at, u16(plus(at, UDP_LENGTH))), end))),
        dropIf(
            "dhcpv4.header",
            DropReason.DHCP_FORMAT,
            any(
                ne(u16(plus(at, HARDWARE_TYPE_AND_LENGTH)), ETHERNET_6),
                ne(u32(plus(at, COOKIE)), MAGIC))),
        dropIf(
            "dhcpv4.operation", DropReason.DHCPV4_OPERATION, ne(u8(plus(at, OPERATION)), REQUEST)),
        dropIf("dhcpv4.chaddr", DropReason.DHCPV4_CHADDR, foreignHardware()),
        dropIf("dhcpv4.relay", DropReason.DHCPV4_SERVER, ne(u32(plus(at, RELAY)), 0)),
        let("option", plus(at, UDP_HEADER + FIXED)),
        let("seen", num(0)),
        repeat(
            MAX_OPTIONS,
            lt(var("option"), end),
            drop("dhcpv4.option-limit", DropReason.DHCP_OPTION_LIMIT),
            option()));
  }

  /** Whether the client's hardware address is not the one that the frame bears. */
  static Cond foreignHardware() {
    return ne(u48(plus(var("at"), CLIENT_HARDWARE)), var(LinkRules.MAC));
  }

  /** Whether the client's hardware address has the length of a MAC address. */
  static Cond hardwareOfSixBytes() {
    return eq(u8(plus(var("at"), HARDWARE_LENGTH)), 6);
  }

  /** What follows the end option is padding. */
  private static List<Step> option() {
    Expr at = var("option");
    Expr next = plus(plus(at, 2), var("size"));
    return List.of(
        let("kind", u8(at)),
        either(
            oneOf(var("kind"), OPTION_PAD, OPTION_END),
            List.of(
                either(
                    eq(var("kind"), OPTION_PAD),
                    List.of(let("option", plus(at, 1))),
                    List.of(let("option", var("end"))))),
            List.of(
                dropIf(
                    "dhcpv4.option-header",
                    DropReason.DHCP_OPTION_MALFORMED,
                    ge(plus(at, 1), var("end"))),
                let("size", u8(plus(at, 1))),
                dropIf("dhcpv4.option-end", DropReason.DHCP_OPTION_MALFORMED, gt(next, var("end"))),
                when(
                    oneOf(
                        var("kind"),
                        OPTION_REQUESTED_ADDRESS,
                        OPTION_OVERLOAD,
                        OPTION_TYPE,
                        OPTION_SERVER,
                        OPTION_CLIENT_ID),
                    telling()),
                let("option", next))));
  }

  /** The options that say who asks for what: each once, and in its own place. */
  private static List<Step> telling() {
    Expr kind = var("kind");
    Expr size = var("size");
    Expr value = plus(var("option"), 2);
    Expr bit = shl(num(1), kind);
    return List.of(
        dropIf("dhcpv4.overload", DropReason.DHCPV4_OVERLOAD, eq(kind, OPTION_OVERLOAD)),
        dropIf(
            "dhcpv4.option-duplicate",
            DropReason.DHCP_OPTION_DUPLICATE,
            ne(and(var("seen"), bit), 0)),
        let("seen", or(var("seen"), bit)),
        dropIf(
            "dhcpv4.option-length",
            DropReason.DHCP_OPTION_MALFORMED,
            any(
                all(eq(kind, OPTION_TYPE), ne(size, 1)),
                all(oneOf(kind, OPTION_REQUESTED_ADDRESS, OPTION_SERVER), ne(size, 4)),
                lt(size, 1))),
        dropIf(
            "dhcpv4.type",
            DropReason.DHCPV4_OPERATION,
            all(eq(kind, OPTION_TYPE), not(oneOf(u8(value), CLIENT_TYPES)))),
        dropIf(
            "dhcpv4.client-id",
            DropReason.DHCPV4_CLIENT_ID,
            all(
                eq(kind, OPTION_CLIENT_ID),
                not(has(ALLOW_ALL_CLIENT_IDS)),
                not(ownIdentifier(value, size)))));
  }

  /** Whether an identifier is the hardware type with the MAC address, or a listed one. */
  static Cond ownIdentifier(Expr value, Expr size) {
    return any(
        all(eq(size, 7), eq(u8(value), 1), eq(u48(plus(value, 1)), var(LinkRules.MAC))),
        memberBytes(PolicySet.CLIENT_ID, value, size));
  }
}
