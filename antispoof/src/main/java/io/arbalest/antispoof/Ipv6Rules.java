package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.and;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.drop;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.either;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.field;
import static io.arbalest.antispoof.rules.Dsl.gt;
import static io.arbalest.antispoof.rules.Dsl.has;
import static io.arbalest.antispoof.rules.Dsl.length;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.member;
import static io.arbalest.antispoof.rules.Dsl.ne;
import static io.arbalest.antispoof.rules.Dsl.not;
import static io.arbalest.antispoof.rules.Dsl.num;
import static io.arbalest.antispoof.rules.Dsl.oneOf;
import static io.arbalest.antispoof.rules.Dsl.or;
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.plus;
import static io.arbalest.antispoof.rules.Dsl.repeat;
import static io.arbalest.antispoof.rules.Dsl.shl;
import static io.arbalest.antispoof.rules.Dsl.shr;
import static io.arbalest.antispoof.rules.Dsl.u16;
import static io.arbalest.antispoof.rules.Dsl.u64;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static io.arbalest.antispoof.rules.Dsl.xor;
import static io.arbalest.antispoof.rules.PolicyFlag.ADDRESSLESS;
import static io.arbalest.antispoof.rules.PolicyFlag.GRANT_DHCP_SERVER;
import static io.arbalest.antispoof.rules.PolicyFlag.GUARDS;
import static io.arbalest.antispoof.rules.PolicyFlag.IP_NOSPOOF;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.PolicyField;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.Step;
import java.util.List;

/** Rules on IPv6: RFC 8200, extension headers of RFC 7045, DHCPv6 of RFC 8415. */
final class Ipv6Rules {
  static final int HEADER = ProtectionRules.PAYLOAD;
  static final int HOP_LIMIT = HEADER + 7;
  static final int DESTINATION = HEADER + 24;

  /** The first byte after the fixed header. */
  static final int AFTER_HEADER = HEADER + 40;

  static final int ICMPV6 = 58;

  /** As many as RFC 8200 section 4.1 lists. The verifier follows each turn. */
  static final int MAX_EXTENSION_HEADERS = 6;

  private static final int PAYLOAD_LENGTH = HEADER + 4;
  private static final int NEXT_HEADER = HEADER + 6;
  private static final int SOURCE = HEADER + 8;
  private static final long LINK_LOCAL = 0xfe80L << 48;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int FRAGMENT_OFFSET_BITS = 0xfff8;
  private static final int DHCPV6_CLIENT_PORT = 546;
  private static final int DHCPV6_SERVER_PORT = 547;

  /** Hop-by-hop, routing, fragment, AH, destination, mobility, HIP, shim6: those with a "next". */
  private static final long[] EXTENSION_HEADERS = {
    0, 43, FRAGMENT, AUTHENTICATION, 60, 135, 139, 140
  };

  private Ipv6Rules() {}

  static List<Step> steps() {
    return List.of(
        dropIf("ipv6.no-address", DropReason.NO_ADDRESS, all(has(IP_NOSPOOF), has(ADDRESSLESS))),
        // The last field first: a header that is cut anywhere is cut here.
        let("destination_low", u64(DESTINATION + 8)),
        let("source_high", u64(SOURCE)),
        let("source_low", u64(SOURCE + 8)),
        let("end", plus(u16(PAYLOAD_LENGTH), AFTER_HEADER)),
        when(has(GUARDS), guards()),
        dropIf(
            "ipv6.source",
            DropReason.IPV6_SOURCE,
            all(
                has(IP_NOSPOOF),
                not(unspecified()),
                not(own(var("source_high"), var("source_low"))))),
        let("next", u8(NEXT_HEADER)),
        let("at", num(AFTER_HEADER)),
        let("extended", num(0)),
        let("fragment", num(0)),
        when(all(has(GUARDS), not(oneOf(var("next"), TCP, UDP))), walk()),
        // Without the guards, as in illumos, ND is looked for right after the fixed header alone.
        when(eq(var("next"), ICMPV6), NeighbourRules.steps()),
        dropIf(
            "ipv6.source-unspecified",
            DropReason.IPV6_SOURCE_UNSPECIFIED,
            all(has(GUARDS), unspecified())),
        when(all(has(GUARDS), eq(var("next"), UDP), not(has(GRANT_DHCP_SERVER))), dhcpServer()),
        pass("ipv6"));
  }

  private static List<Step> guards() {
    Expr low = var("source_low");
    return List.of(
        dropIf("ipv6.version", DropReason.IPV6_VERSION, ne(shr(u8(HEADER), 4), 6)),
        dropIf("ipv6.length", DropReason.IPV6_LENGTH, gt(var("end"), length())),
        dropIf(
            "ipv6.source-group",
            DropReason.IPV6_SOURCE_GROUP,
            eq(shr(var("source_high"), 56), 0xff)),
        when(
            eq(var("source_high"), 0),
            dropIf("ipv6.source-loopback", DropReason.IPV6_SOURCE_LOOPBACK, eq(low, 1)),
            dropIf("ipv6.source-mapped", DropReason.IPV6_SOURCE_MAPPED, eq(shr(low, 32), 0xffff))));
  }

  /**
   * Follows the extension headers. A fragment other than the first one is not looked into: its
   * receiver joins it only to a first one, which came through here with its whole header chain.
   */
  private static List<Step> walk() {
    Expr at = var("at");
    Expr units = u8(plus(at, 1));
    Step skip =
        either(
            eq(var("kind"), AUTHENTICATION),
            List.of(let("at", plus(at, shl(plus(units, 2), 2)))),
            List.of(let("at", plus(at, shl(plus(units, 1), 3)))));
    return List.of(
        repeat(
            MAX_EXTENSION_HEADERS,
            oneOf(var("next"), EXTENSION_HEADERS),
            drop("ipv6.extension-limit", DropReason.IPV6_EXTENSION_LIMIT),
            List.of(
                let("kind", var("next")),
                let("next", u8(at)),
                let("extended", num(1)),
                either(eq(var("kind"), FRAGMENT), fragment(), List.of(skip)),
                dropIf("ipv6.extension-end", DropReason.TRUNCATED, gt(at, var("end"))))));
  }

  private static List<Step> fragment() {
    Expr at = var("at");
    return List.of(
        let("fragment", num(1)),
        when(
            ne(and(u16(plus(at, 2)), FRAGMENT_OFFSET_BITS), 0),
            dropIf("ipv6.fragment-unspecified", DropReason.IPV6_SOURCE_UNSPECIFIED, unspecified()),
            pass("ipv6.later-fragment")),
        let("at", plus(at, 8)));
  }

  /** Clients listen on port 546 alone, so what goes there or comes from 547 speaks as a server. */
  private static List<Step> dhcpServer() {
    Expr at = var("at");
    return List.of(
        // Two ways to the same ports, as a load at a constant offset is the cheaper one.
        either(
            eq(var("extended"), 0),
            List.of(let("from_port", u16(AFTER_HEADER)), let("to_port", u16(AFTER_HEADER + 2))),
            List.of(let("from_port", u16(at)), let("to_port", u16(plus(at, 2))))),
        dropIf(
            "ipv6.dhcp-server",
            DropReason.DHCPV6_SERVER,
            any(eq(var("from_port"), DHCPV6_SERVER_PORT), eq(var("to_port"), DHCPV6_CLIENT_PORT))));
  }

  /** Whether the source is {@code ::}. */
  static Cond unspecified() {
    return eq(or(var("source_high"), var("source_low")), 0);
  }

  /** Whether an address is the own link-local one or an allowed one. */
  static Cond own(Expr high, Expr low) {
    return any(
        all(eq(high, LINK_LOCAL), eq(low, interfaceId())), member(PolicySet.OWN_IPV6, high, low));
  }

  /** The modified EUI-64 interface identifier of the VNIC's MAC address, RFC 4291 appendix A. */
  private static Expr interfaceId() {
    Expr mac = field(PolicyField.MAC);
    Expr vendor = shl(shr(mac, 24), 40);
    Expr device = and(mac, 0xff_ffff);
    return xor(or(or(vendor, num(0xff_fe00_0000L)), device), 1L << 57);
  }
}
