package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.and;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.has;
import static io.arbalest.antispoof.rules.Dsl.le;
import static io.arbalest.antispoof.rules.Dsl.length;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.lt;
import static io.arbalest.antispoof.rules.Dsl.member;
import static io.arbalest.antispoof.rules.Dsl.not;
import static io.arbalest.antispoof.rules.Dsl.note;
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.plus;
import static io.arbalest.antispoof.rules.Dsl.u16;
import static io.arbalest.antispoof.rules.Dsl.u32;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static io.arbalest.antispoof.rules.PolicyFlag.DHCP_GUARD;
import static io.arbalest.antispoof.rules.PolicyFlag.METHOD_DHCPV4;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.Step;
import io.arbalest.antispoof.rules.Topic;
import java.util.List;

/** Rules on IPv4 that is on its way to a zone. They read nothing beyond the frame's end. */
final class ReceptionIpv4Rules {
  private static final int LEAST = Ipv4Rules.HEADER + Ipv4Rules.LEAST_HEADER;

  /** The first of the group addresses; after them come the reserved ones and the broadcast. */
  private static final long FIRST_GROUP = 0xe000_0000L;

  private ReceptionIpv4Rules() {}

  static List<Step> steps() {
    Expr destination = var("destination");
    return List.of(
        when(
            lt(length(), LEAST),
            dropIf("rx.ipv4-cut", DropReason.RX_TRUNCATED, ReceptionRules.choosy()),
            pass("rx.ipv4-short")),
        when(
            all(
                eq(u8(Ipv4Rules.PROTOCOL), Ipv4Rules.UDP),
                eq(and(u16(Ipv4Rules.FRAGMENT), Ipv4Rules.FRAGMENT_OFFSET_BITS), 0)),
            let("at", Ipv4Rules.transport()),
            when(le(plus(var("at"), 4), length()), udp())),
        let("destination", u32(Ipv4Rules.DESTINATION)),
        dropIf(
            "rx.destination-ipv4",
            DropReason.RX_DESTINATION,
            all(
                ReceptionRules.ownOnly(),
                lt(destination, FIRST_GROUP),
                not(Ipv4Rules.allowed(destination)))),
        pass("rx.ipv4"));
  }

  /** Whole datagrams and first fragments. */
  private static List<Step> udp() {
    Expr from = u16(var("at"));
    Expr to = u16(plus(var("at"), 2));
    return List.of(
        dropIf(
            "rx.dhcpv4",
            DropReason.RX_DHCP_SERVER,
            all(
                has(DHCP_GUARD),
                any(eq(from, Dhcpv4Rules.SERVER_PORT), eq(to, Dhcpv4Rules.CLIENT_PORT)),
                not(member(PolicySet.TRUSTED_IPV4, u32(Ipv4Rules.SOURCE))))),
        // It is to an address that the zone is only about to have, so own-only lets it through.
        when(
            all(has(METHOD_DHCPV4), eq(to, Dhcpv4Rules.CLIENT_PORT)),
            note(Topic.DHCPV4),
            pass("rx.dhcpv4-reply")));
  }
}
