package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.and;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.drop;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.either;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.field;
import static io.arbalest.antispoof.rules.Dsl.ge;
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
import static io.arbalest.antispoof.rules.Dsl.shl;
import static io.arbalest.antispoof.rules.Dsl.shr;
import static io.arbalest.antispoof.rules.Dsl.u16;
import static io.arbalest.antispoof.rules.Dsl.u64;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static io.arbalest.antispoof.rules.Dsl.xor;
import static io.arbalest.antispoof.rules.PolicyFlag.ADDRESSLESS;
import static io.arbalest.antispoof.rules.PolicyFlag.IP_NOSPOOF;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.PolicyField;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.Step;
import java.util.List;

/** Rules on IPv6: RFC 8200, first fragments of RFC 7112. */
final class Ipv6Rules {
  static final int HEADER = ProtectionRules.PAYLOAD;
  static final int PAYLOAD_LENGTH = HEADER + 4;
  static final int NEXT_HEADER = HEADER + 6;
  static final int HOP_LIMIT = HEADER + 7;
  static final int SOURCE = HEADER + 8;
  static final int DESTINATION = HEADER + 24;

  /** The first byte after the fixed header. */
  static final int AFTER_HEADER = HEADER + 40;

  static final int TCP = 6;
  static final int UDP = 17;
  static final int ICMPV6 = 58;
  static final long LINK_LOCAL = 0xfe80L << 48;

  private Ipv6Rules() {}

  static List<Step> steps() {
    return List.of(
        dropIf("ipv6.no-address", DropReason.NO_ADDRESS, all(has(IP_NOSPOOF), has(ADDRESSLESS))),
        // The last field first: a header that is cut anywhere is cut here.
        let("destination_low", u64(DESTINATION + 8)),
        let("source_high", u64(SOURCE)),
        let("source_low", u64(SOURCE + 8)),
        let("end", plus(u16(PAYLOAD_LENGTH), AFTER_HEADER)),
        dropIf("ipv6.version", DropReason.IPV6_VERSION, ne(shr(u8(HEADER), 4), 6)),
        dropIf("ipv6.length", DropReason.IPV6_LENGTH, gt(var("end"), length())),
        dropIf(
            "ipv6.source-group",
            DropReason.IPV6_SOURCE_GROUP,
            eq(shr(var("source_high"), 56), 0xff)),
        when(eq(var("source_high"), 0), special()),
        dropIf(
            "ipv6.source",
            DropReason.IPV6_SOURCE,
            all(has(IP_NOSPOOF), not(unspecified()), not(allowedSource()))),
        let("next", u8(NEXT_HEADER)),
        let("at", num(AFTER_HEADER)),
        let("extended", num(0)),
        let("fragment", num(0)),
        when(not(oneOf(var("next"), TCP, UDP)), walk()),
        when(eq(var("next"), ICMPV6), NeighbourRules.steps()),
        dropIf("ipv6.source-unspecified", DropReason.IPV6_SOURCE_UNSPECIFIED, unspecified()),
        when(eq(var("next"), UDP), udp()),
        pass("ipv6"));
  }

  private static List<Step> special() {
    Expr low = var("source_low");
    return List.of(
        dropIf("ipv6.source-loopback", DropReason.IPV6_SOURCE_LOOPBACK, eq(low, 1)),
        dropIf("ipv6.source-mapped", DropReason.IPV6_SOURCE_MAPPED, eq(shr(low, 32), 0xffff)));
  }

  /**
   * Follows the extension headers. A fragment other than the first one is not looked into: its
   * receiver joins it only to a first one, which has to bring its whole chain of headers.
   */
  private static List<Step> walk() {
    return List.of(
        ExtensionHeaders.walk(
            drop("ipv6.extension-limit", DropReason.IPV6_EXTENSION_LIMIT),
            dropIf("ipv6.extension-end", DropReason.TRUNCATED, gt(var("at"), var("end"))),
            List.of(
                dropIf(
                    "ipv6.fragment-unspecified", DropReason.IPV6_SOURCE_UNSPECIFIED, unspecified()),
                pass("ipv6.later-fragment"))),
        // What seems to follow is padding; what does follow is in the next fragment.
        dropIf(
            "ipv6.fragment-end",
            DropReason.TRUNCATED,
            all(ne(var("fragment"), 0), ge(var("at"), var("end")))));
  }

  /** Whole datagrams and first fragments. */
  private static List<Step> udp() {
    Expr at = var("at");
    return List.of(
        // Two ways to the same ports, as a load at a constant offset is the cheaper one.
        either(
            eq(var("extended"), 0),
            List.of(let("from_port", u16(AFTER_HEADER)), let("to_port", u16(AFTER_HEADER + 2))),
            List.of(let("from_port", u16(at)), let("to_port", u16(plus(at, 2))))),
        dropIf(
            "ipv6.vtep",
            DropReason.VTEP,
            all(
                Ipv4Rules.aimedAtVtepPort(),
                member(
                    PolicySet.VTEP_IPV6,
                    u64(DESTINATION),
                    var("destination_low"),
                    var("to_port")))),
        when(Dhcpv6Rules.ports(), Dhcpv6Rules.steps()));
  }

  /** Whether the source is {@code ::}. */
  static Cond unspecified() {
    return eq(or(var("source_high"), var("source_low")), 0);
  }

  /** Whether the zone may send from the source. */
  static Cond allowedSource() {
    Expr high = var("source_high");
    Expr low = var("source_low");
    return any(ownLinkLocal(high, low), member(PolicySet.SOURCE_IPV6, high, low));
  }

  /** Whether an address is the zone's own, which it may claim. */
  static Cond own(Expr high, Expr low) {
    return any(ownLinkLocal(high, low), member(PolicySet.OWN_IPV6, high, low));
  }

  /**
   * Whether an address is the link-local one of the MAC address that the frame bears, or of the
   * VNIC's first one: with a virtual router's MAC address goes the link-local address of the
   * interface (RFC 5798 section 5.1.2.2).
   */
  static Cond ownLinkLocal(Expr high, Expr low) {
    return all(
        eq(high, LINK_LOCAL),
        any(
            eq(low, interfaceId(field(PolicyField.MAC))),
            eq(low, interfaceId(var(LinkRules.MAC)))));
  }

  /** The modified EUI-64 interface identifier of a MAC address, RFC 4291 appendix A. */
  private static Expr interfaceId(Expr mac) {
    Expr vendor = shl(shr(mac, 24), 40);
    Expr device = and(mac, 0xff_ffff);
    return xor(or(or(vendor, num(0xff_fe00_0000L)), device), 1L << 57);
  }
}
