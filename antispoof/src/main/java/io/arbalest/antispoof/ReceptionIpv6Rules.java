package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.drop;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.ge;
import static io.arbalest.antispoof.rules.Dsl.gt;
import static io.arbalest.antispoof.rules.Dsl.has;
import static io.arbalest.antispoof.rules.Dsl.le;
import static io.arbalest.antispoof.rules.Dsl.length;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.lt;
import static io.arbalest.antispoof.rules.Dsl.member;
import static io.arbalest.antispoof.rules.Dsl.ne;
import static io.arbalest.antispoof.rules.Dsl.not;
import static io.arbalest.antispoof.rules.Dsl.note;
import static io.arbalest.antispoof.rules.Dsl.num;
import static io.arbalest.antispoof.rules.Dsl.oneOf;
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.plus;
import static io.arbalest.antispoof.rules.Dsl.u16;
import static io.arbalest.antispoof.rules.Dsl.u64;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static io.arbalest.antispoof.rules.PolicyFlag.DHCP_GUARD;
import static io.arbalest.antispoof.rules.PolicyFlag.METHOD_DHCPV6;
import static io.arbalest.antispoof.rules.PolicyFlag.METHOD_SLAAC;
import static io.arbalest.antispoof.rules.PolicyFlag.RA_GUARD;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.Step;
import io.arbalest.antispoof.rules.Topic;
import java.util.List;

/** Rules on IPv6 that is on its way to a zone. */
final class ReceptionIpv6Rules {
  private static final int GROUP = 0xff;

  private ReceptionIpv6Rules() {}

  static List<Step> steps() {
    return List.of(
        when(
            lt(length(), Ipv6Rules.AFTER_HEADER),
            dropIf("rx.ipv6-cut", DropReason.RX_TRUNCATED, ReceptionRules.choosy()),
            pass("rx.ipv6-short")),
        dropIf(
            "rx.destination-ipv6",
            DropReason.RX_DESTINATION,
            all(
                ReceptionRules.ownOnly(),
                ne(u8(Ipv6Rules.DESTINATION), GROUP),
                not(ownDestination()))),
        let("next", u8(Ipv6Rules.NEXT_HEADER)),
        let("at", num(Ipv6Rules.AFTER_HEADER)),
        let("end", plus(u16(Ipv6Rules.PAYLOAD_LENGTH), Ipv6Rules.AFTER_HEADER)),
        let("extended", num(0)),
        let("fragment", num(0)),
        when(all(ReceptionRules.guarded(), ExtensionHeaders.present()), walk()),
        when(
            all(eq(var("next"), Ipv6Rules.ICMPV6), lt(var("at"), length())),
            let("icmp", u8(var("at"))),
            when(
                oneOf(var("icmp"), NeighbourRules.ROUTER_ADVERTISEMENT, NeighbourRules.REDIRECT),
                router())),
        when(all(eq(var("next"), Ipv6Rules.UDP), le(plus(var("at"), 4), length())), udp()),
        pass("rx.ipv6"));
  }

  private static Cond ownDestination() {
    Expr high = u64(Ipv6Rules.DESTINATION);
    Expr low = u64(Ipv6Rules.DESTINATION + 8);
    return any(Ipv6Rules.ownLinkLocal(high, low), member(PolicySet.SOURCE_IPV6, high, low));
  }

  /** A packet that ends inside its headers, as the zone would drop it as well. */
  private static List<Step> walk() {
    return List.of(
        ExtensionHeaders.walk(
            drop("rx.extension-limit", DropReason.RX_HIDDEN),
            dropIf("rx.extension-end", DropReason.RX_TRUNCATED, gt(var("at"), var("end"))),
            List.of(pass("rx.later-fragment"))),
        // What seems to follow is padding; what does follow is in the next fragment.
        dropIf(
            "rx.fragment-end",
            DropReason.RX_HIDDEN,
            all(ne(var("fragment"), 0), ge(var("at"), var("end")))));
  }

  private static List<Step> router() {
    return List.of(
        when(
            has(RA_GUARD),
            dropIf("rx.router-hidden", DropReason.RX_HIDDEN, ne(var("extended"), 0)),
            dropIf(
                "rx.router",
                DropReason.RX_ROUTER,
                any(
                    ne(u8(Ipv6Rules.HOP_LIMIT), 255),
                    ne(u64(Ipv6Rules.SOURCE), Ipv6Rules.LINK_LOCAL),
                    not(trustedSource())))),
        when(
            all(
                has(METHOD_SLAAC),
                eq(var("icmp"), NeighbourRules.ROUTER_ADVERTISEMENT),
                eq(var("extended"), 0)),
            note(Topic.ND)),
        pass("rx.router-trusted"));
  }

  private static Cond trustedSource() {
    return member(PolicySet.TRUSTED_IPV6, u64(Ipv6Rules.SOURCE), u64(Ipv6Rules.SOURCE + 8));
  }

  /** Whole datagrams and first fragments. */
  private static List<Step> udp() {
    Expr from = u16(var("at"));
    Expr to = u16(plus(var("at"), 2));
    return List.of(
        dropIf(
            "rx.dhcpv6",
            DropReason.RX_DHCP_SERVER,
            all(
                has(DHCP_GUARD),
                any(eq(from, Dhcpv6Rules.SERVER_PORT), eq(to, Dhcpv6Rules.CLIENT_PORT)),
                not(trustedSource()))),
        when(all(has(METHOD_DHCPV6), eq(to, Dhcpv6Rules.CLIENT_PORT)), note(Topic.DHCPV6)));
  }
}
