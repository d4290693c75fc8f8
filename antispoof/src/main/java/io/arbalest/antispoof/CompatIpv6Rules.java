package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.and;
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
import static io.arbalest.antispoof.rules.Dsl.u64;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static io.arbalest.antispoof.rules.PolicyFlag.ALLOW_ALL_CLIENT_IDS;
import static io.arbalest.antispoof.rules.PolicyFlag.DHCP_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.IP_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.METHOD_DHCPV6;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.Step;
import io.arbalest.antispoof.rules.Topic;
import java.util.List;

/** Rules on IPv6 and DHCPv6 as illumos has them. */
final class CompatIpv6Rules {
  /** More options than fit into a frame of 1,500 bytes. */
  static final int MAX_OPTIONS = 512;

  /** More extension headers than fit into a frame of 1,500 bytes. */
  static final int MAX_HEADERS = 256;

  /** ADVERTISE, REPLY, RECONFIGURE: what servers say is not looked at. */
  private static final long[] SERVER_TYPES = {2, 7, 10};

  /** Hop-by-hop, routing, fragment, destination. */
  private static final long[] HEADERS = {0, 43, ExtensionHeaders.FRAGMENT, 60};

  /** No kind of header: the packet ends inside one. */
  private static final int CUT = 256;

  private CompatIpv6Rules() {}

  static List<Step> steps() {
    return List.of(
        when(not(any(has(IP_NOSPOOF), has(DHCP_NOSPOOF))), pass("compat.ipv6-unchecked")),
        dropIf(
            "compat.ipv6-cut",
            DropReason.IPV6_LENGTH,
            all(has(IP_NOSPOOF), lt(length(), Ipv6Rules.AFTER_HEADER))),
        dropIf(
            "compat.dhcpv6-ip-cut", DropReason.DHCP_FORMAT, lt(length(), Ipv6Rules.AFTER_HEADER)),
        let("next", u8(Ipv6Rules.NEXT_HEADER)),
        when(has(IP_NOSPOOF), addresses()),
        let("at", num(Ipv6Rules.AFTER_HEADER)),
        let("fragment", num(0)),
        repeat(
            MAX_HEADERS,
            oneOf(var("next"), HEADERS),
            drop("compat.ipv6-extension-limit", DropReason.IPV6_EXTENSION_LIMIT),
            header()),
        // Whatever follows, one byte of it alone is too little.
        when(
            any(eq(var("next"), CUT), eq(plus(var("at"), 1), length())),
            dropIf("compat.dhcpv6-header-cut", DropReason.DHCP_FORMAT, has(DHCP_NOSPOOF)),
            pass("compat.ipv6-header-cut")),
        when(
            all(
                eq(var("next"), Ipv6Rules.UDP),
                eq(and(var("fragment"), ExtensionHeaders.FRAGMENT_OFFSET_BITS), 0)),
            udp()),
        pass("compat.ipv6"));
  }

  private static List<Step> addresses() {
    return List.of(
        let("source_high", u64(Ipv6Rules.SOURCE)),
        let("source_low", u64(Ipv6Rules.SOURCE + 8)),
        dropIf(
            "compat.ipv6-source",
            DropReason.IPV6_SOURCE,
            all(not(Ipv6Rules.unspecified()), not(Ipv6Rules.allowedSource()))),
        when(eq(var("next"), Ipv6Rules.ICMPV6), CompatNeighbourRules.steps()));
  }

  private static List<Step> header() {
    Expr at = var("at");
    return List.of(
        let("kind", var("next")),
        let("next", num(CUT)),
        let("size", num(ExtensionHeaders.FRAGMENT_HEADER)),
        when(
            le(plus(at, var("size")), length()),
            when(
                ne(var("kind"), ExtensionHeaders.FRAGMENT),
                let("size", shl(plus(u8(plus(at, 1)), 1), 3))),
            when(
                le(plus(at, var("size")), length()),
                let("next", u8(at)),
                // The lowest bit marks that there was such a header; the last one counts.
                when(
                    eq(var("kind"), ExtensionHeaders.FRAGMENT),
                    let("fragment", or(u16(plus(at, 2)), num(1)))))),
        let("at", plus(at, var("size"))));
  }

  private static List<Step> udp() {
    Expr at = var("at");
    return List.of(
        when(
            gt(plus(at, Dhcpv6Rules.UDP_HEADER), length()),
            dropIf("compat.dhcpv6-udp-cut", DropReason.DHCP_FORMAT, has(DHCP_NOSPOOF)),
            pass("compat.ipv6-udp-cut")),
        let("from_port", u16(at)),
        let("to_port", u16(plus(at, 2))),
        when(Dhcpv6Rules.ports(), dhcp()));
  }

  /** Whatever goes between any ports of which one is of DHCPv6. */
  private static List<Step> dhcp() {
    Expr at = var("at");
    Expr options = plus(at, Dhcpv6Rules.UDP_HEADER + Dhcpv6Rules.FIXED);
    return List.of(
        when(
            ne(var("fragment"), 0),
            dropIf("compat.dhcpv6-fragment", DropReason.DHCP_FRAGMENT, has(DHCP_NOSPOOF)),
            pass("compat.ipv6-fragment")),
        when(gt(options, length()), pass("compat.ipv6-no-dhcp")),
        dropIf(
            "compat.dhcpv6-client",
            DropReason.DHCPV6_CLIENT,
            all(has(IP_NOSPOOF), not(has(METHOD_DHCPV6)))),
        when(
            all(
                has(DHCP_NOSPOOF),
                not(has(ALLOW_ALL_CLIENT_IDS)),
                not(oneOf(u8(plus(at, Dhcpv6Rules.UDP_HEADER)), SERVER_TYPES))),
            let("option", options),
            repeat(
                MAX_OPTIONS,
                all(
                    le(value(), length()),
                    le(plus(value(), u16(plus(var("option"), 2))), length())),
                drop("compat.dhcpv6-option-limit", DropReason.DHCP_OPTION_LIMIT),
                option())),
        when(has(METHOD_DHCPV6), note(Topic.DHCPV6)),
        pass("compat.dhcpv6"));
  }

  private static Expr value() {
    return plus(var("option"), Dhcpv6Rules.OPTION_HEADER);
  }

  /** The first identifier that is not empty decides; one of a single byte is none. */
  private static List<Step> option() {
    Expr size = var("size");
    return List.of(
        let("size", u16(plus(var("option"), 2))),
        when(
            all(eq(u16(var("option")), Dhcpv6Rules.OPTION_CLIENT_ID), ne(size, 0)),
            dropIf(
                "compat.dhcpv6-client-id",
                DropReason.DHCPV6_CLIENT_ID,
                all(ge(size, 2), not(Dhcpv6Rules.ownIdentifier(value(), size)))),
            let("size", length())),
        let("option", plus(value(), size)));
  }
}
