package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.and;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.drop;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.either;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.gt;
import static io.arbalest.antispoof.rules.Dsl.has;
import static io.arbalest.antispoof.rules.Dsl.le;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.lt;
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
import static io.arbalest.antispoof.rules.Dsl.shr;
import static io.arbalest.antispoof.rules.Dsl.u48;
import static io.arbalest.antispoof.rules.Dsl.u64;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static io.arbalest.antispoof.rules.PolicyFlag.GRANT_ROUTER;
import static io.arbalest.antispoof.rules.PolicyFlag.IP_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.METHOD_DHCPV6;
import static io.arbalest.antispoof.rules.PolicyFlag.METHOD_SLAAC;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.Step;
import io.arbalest.antispoof.rules.Topic;
import java.util.List;

/**
 * Rules on ICMPv6: neighbour discovery of RFC 4861, duplicate address detection of RFC 4862, no
 * fragments by RFC 6980, MLD of RFC 3810. They start with the variables of {@link Ipv6Rules}.
 */
final class NeighbourRules {
  /** One more than RFC 3971 (SEND) puts into a message. */
  static final int MAX_OPTIONS = 6;

  static final int ROUTER_SOLICITATION = 133;
  static final int ROUTER_ADVERTISEMENT = 134;
  static final int NEIGHBOUR_SOLICITATION = 135;
  static final int NEIGHBOUR_ADVERTISEMENT = 136;
  static final int REDIRECT = 137;
  static final int TARGET = 8;
  static final int SOURCE_LINK_ADDRESS = 1;
  static final int TARGET_LINK_ADDRESS = 2;

  private static final int MLD_REPORT = 131;
  private static final int MLD_DONE = 132;
  private static final int MLD2_REPORT = 143;
  private static final long LINK_SCOPE_GROUP = 0xff02L << 48;
  private static final int ALL_ROUTERS = 2;

  /** The bits of {@code ff02::1:ff00:0/104} in the low half of an address, shifted down. */
  private static final int SOLICITED_NODE = 0x1ff;

  private NeighbourRules() {}

  static List<Step> steps() {
    Expr type = var("icmp");
    return List.of(
        let("icmp", u8(var("at"))),
        // RFC 3590: reports go out before the link-local address may be used, so from :: too.
        when(
            all(eq(var("fragment"), 0), oneOf(type, MLD_REPORT, MLD_DONE, MLD2_REPORT)),
            pass("nd.mld")),
        when(discovery(), neighbourDiscovery()));
  }

  /** Whether it is one of the five messages of neighbour discovery. */
  static Cond discovery() {
    return le(minus(var("icmp"), ROUTER_SOLICITATION), REDIRECT - ROUTER_SOLICITATION);
  }

  private static List<Step> neighbourDiscovery() {
    return List.of(
        dropIf("nd.fragment", DropReason.ND_FRAGMENT, ne(var("fragment"), 0)),
        dropIf("nd.extension-header", DropReason.ND_EXTENSION_HEADER, ne(var("extended"), 0)),
        dropIf("nd.hop-limit", DropReason.ND_HOP_LIMIT, ne(u8(Ipv6Rules.HOP_LIMIT), 255)),
        when(not(has(GRANT_ROUTER)), routers()),
        fixedPart(),
        dropIf(
            "nd.fixed-part", DropReason.TRUNCATED, gt(plus(var("at"), var("fixed")), var("end"))),
        when(has(IP_NOSPOOF), addresses()),
        when(Ipv6Rules.unspecified(), unspecified()),
        // The addresses in a redirect are those of another station.
        when(all(ArpRules.payloadMacChecked(), ne(var("icmp"), REDIRECT)), options()),
        when(all(Ipv6Rules.unspecified(), probing(), has(METHOD_SLAAC)), note(Topic.ND)),
        pass("nd"));
  }

  private static List<Step> routers() {
    Expr type = var("icmp");
    return List.of(
        dropIf(
            "nd.router-advertisement",
            DropReason.ND_ROUTER_ADVERTISEMENT,
            eq(type, ROUTER_ADVERTISEMENT)),
        dropIf("nd.redirect", DropReason.ND_REDIRECT, eq(type, REDIRECT)));
  }

  /** The bytes before the options, by message: RFC 4861 section 4. */
  static Step fixedPart() {
    Expr type = var("icmp");
    return either(
        oneOf(type, NEIGHBOUR_SOLICITATION, NEIGHBOUR_ADVERTISEMENT),
        List.of(let("fixed", num(24))),
        List.of(
            either(
                eq(type, ROUTER_SOLICITATION),
                List.of(let("fixed", num(8))),
                List.of(
                    either(
                        eq(type, ROUTER_ADVERTISEMENT),
                        List.of(let("fixed", num(16))),
                        List.of(let("fixed", num(40))))))));
  }

  private static Cond probing() {
    return eq(var("icmp"), NEIGHBOUR_SOLICITATION);
  }

  /**
   * A message claims its source, as others note from where it came; an advertisement claims its
   * target; so does a probe from {@code ::}, which makes another station that is probing the same
   * address give it up (RFC 4862 section 5.4.3).
   */
  private static List<Step> addresses() {
    Expr high = u64(plus(var("at"), TARGET));
    Expr low = u64(plus(var("at"), TARGET + 8));
    Cond probe =
        all(probing(), Ipv6Rules.unspecified(), not(has(METHOD_SLAAC)), not(has(METHOD_DHCPV6)));
    return List.of(
        dropIf(
            "nd.source",
            DropReason.IPV6_SOURCE,
            all(
                not(Ipv6Rules.unspecified()),
                not(Ipv6Rules.own(var("source_high"), var("source_low"))))),
        dropIf(
            "nd.target",
            DropReason.ND_TARGET,
            all(
                any(eq(var("icmp"), NEIGHBOUR_ADVERTISEMENT), probe),
                not(Ipv6Rules.own(high, low)))));
  }

  /** From {@code ::} come only a DAD probe and a router solicitation, each to its group. */
  private static List<Step> unspecified() {
    Expr type = var("icmp");
    Expr low = var("destination_low");
    Cond toSolicitedNode = all(probing(), eq(shr(low, 24), SOLICITED_NODE));
    Cond toAllRouters = all(eq(type, ROUTER_SOLICITATION), eq(low, ALL_ROUTERS));
    return List.of(
        dropIf(
            "nd.unspecified",
            DropReason.IPV6_SOURCE_UNSPECIFIED,
            not(oneOf(type, ROUTER_SOLICITATION, NEIGHBOUR_SOLICITATION))),
        dropIf(
            "nd.probe-group",
            DropReason.ND_PROBE_FORMAT,
            any(
                ne(u64(Ipv6Rules.DESTINATION), LINK_SCOPE_GROUP),
                not(any(toSolicitedNode, toAllRouters)))));
  }

  private static List<Step> options() {
    return List.of(
        let("option", plus(var("at"), var("fixed"))),
        let("seen", num(0)),
        // Routers may repeat options.
        either(
            eq(var("icmp"), ROUTER_ADVERTISEMENT),
            List.of(let("once", num(0))),
            List.of(let("once", num(1)))),
        repeat(
            MAX_OPTIONS,
            lt(var("option"), var("end")),
            drop("nd.option-limit", DropReason.ND_OPTION_LIMIT),
            option()));
  }

  private static List<Step> option() {
    Expr at = var("option");
    Expr kind = var("kind");
    Expr size = var("size");
    Expr bit = shl(num(1), kind);
    return List.of(
        let("kind", u8(at)),
        let("size", shl(u8(plus(at, 1)), 3)),
        dropIf("nd.option-zero", DropReason.ND_OPTION_MALFORMED, eq(size, 0)),
        dropIf("nd.option-end", DropReason.ND_OPTION_MALFORMED, gt(plus(at, size), var("end"))),
        // A shift counts modulo 64, and no option type beyond carries a MAC address.
        when(
            all(ne(var("once"), 0), lt(kind, 64)),
            dropIf(
                "nd.option-duplicate",
                DropReason.ND_OPTION_DUPLICATE,
                ne(and(var("seen"), bit), 0)),
            let("seen", or(var("seen"), bit))),
        when(
            oneOf(kind, SOURCE_LINK_ADDRESS, TARGET_LINK_ADDRESS),
            dropIf("nd.option-length", DropReason.ND_OPTION_MALFORMED, ne(size, 8)),
            dropIf("nd.probe-option", DropReason.ND_PROBE_FORMAT, Ipv6Rules.unspecified()),
            dropIf(
                "nd.link-address",
                DropReason.ND_LINK_ADDRESS,
                ne(u48(plus(at, 2)), var(LinkRules.MAC)))),
        let("option", plus(at, size)));
  }
}
