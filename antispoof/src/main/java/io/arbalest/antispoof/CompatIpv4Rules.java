package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.aggregate;
import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.and;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.drop;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.either;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.gt;
import static io.arbalest.antispoof.rules.Dsl.has;
import static io.arbalest.antispoof.rules.Dsl.length;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.lt;
import static io.arbalest.antispoof.rules.Dsl.ne;
import static io.arbalest.antispoof.rules.Dsl.not;
import static io.arbalest.antispoof.rules.Dsl.note;
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.plus;
import static io.arbalest.antispoof.rules.Dsl.repeat;
import static io.arbalest.antispoof.rules.Dsl.u16;
import static io.arbalest.antispoof.rules.Dsl.u32;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static io.arbalest.antispoof.rules.PolicyFlag.ALLOW_ALL_CLIENT_IDS;
import static io.arbalest.antispoof.rules.PolicyFlag.DHCP_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.IP_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.METHOD_DHCPV4;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.Step;
import io.arbalest.antispoof.rules.Topic;
import java.util.List;

/** Rules on IPv4 and DHCP as illumos has them. */
final class CompatIpv4Rules {
  /** More options, padding counted, than fit into a frame of 1,500 bytes. */
  static final int MAX_OPTIONS = 2048;

  private static final int LEAST = Ipv4Rules.HEADER + Ipv4Rules.LEAST_HEADER;

  private CompatIpv4Rules() {}

  static List<Step> steps() {
    Expr source = var("source");
    return List.of(
        when(not(any(has(IP_NOSPOOF), has(DHCP_NOSPOOF))), pass("compat.ipv4-unchecked")),
        dropIf(
            "compat.ipv4-cut", DropReason.IPV4_LENGTH, all(has(IP_NOSPOOF), lt(length(), LEAST))),
        dropIf("compat.dhcpv4-ip-cut", DropReason.DHCP_FORMAT, lt(length(), LEAST)),
        let("source", u32(Ipv4Rules.SOURCE)),
        dropIf(
            "compat.ipv4-source",
            DropReason.IPV4_SOURCE,
            all(has(IP_NOSPOOF), ne(source, 0), not(Ipv4Rules.allowed(source)))),
        when(
            all(
                eq(u8(Ipv4Rules.PROTOCOL), Ipv4Rules.UDP),
                eq(and(u16(Ipv4Rules.FRAGMENT), Ipv4Rules.FRAGMENT_OFFSET_BITS), 0)),
            udp()),
        pass("compat.ipv4"));
  }

  private static List<Step> udp() {
    Expr at = var("at");
    return List.of(
        let("at", Ipv4Rules.transport()),
        when(
            gt(plus(at, Dhcpv4Rules.UDP_HEADER), length()),
            dropIf("compat.dhcpv4-udp-cut", DropReason.DHCP_FORMAT, has(DHCP_NOSPOOF)),
            pass("compat.ipv4-udp-cut")),
        let("from_port", u16(at)),
        let("to_port", u16(plus(at, 2))),
        when(Dhcpv4Rules.ports(), dhcp()));
  }

  /** Whatever goes between any ports of which one is of DHCP. */
  private static List<Step> dhcp() {
    Expr options = plus(var("at"), Dhcpv4Rules.UDP_HEADER + Dhcpv4Rules.FIXED);
    return List.of(
        when(
            any(aggregate(), ne(and(u16(Ipv4Rules.FRAGMENT), Ipv4Rules.MORE_FRAGMENTS), 0)),
            dropIf("compat.dhcpv4-fragment", DropReason.DHCP_FRAGMENT, has(DHCP_NOSPOOF)),
            pass("compat.ipv4-fragment")),
        when(gt(options, length()), pass("compat.ipv4-no-dhcp")),
        dropIf(
            "compat.dhcpv4-client",
            DropReason.DHCPV4_CLIENT,
            all(has(IP_NOSPOOF), not(has(METHOD_DHCPV4)))),
        when(
            has(DHCP_NOSPOOF),
            dropIf(
                "compat.dhcpv4-chaddr",
                DropReason.DHCPV4_CHADDR,
                all(Dhcpv4Rules.hardwareOfSixBytes(), Dhcpv4Rules.foreignHardware())),
            when(
                not(has(ALLOW_ALL_CLIENT_IDS)),
                let("option", options),
                // Two bytes at least: a kind alone at the end of the frame says nothing.
                repeat(
                    MAX_OPTIONS,
                    all(
                        lt(plus(var("option"), 1), length()),
                        ne(u8(var("option")), Dhcpv4Rules.OPTION_END)),
                    drop("compat.dhcpv4-option-limit", DropReason.DHCP_OPTION_LIMIT),
                    List.of(option())))),
        when(has(METHOD_DHCPV4), note(Topic.DHCPV4)),
        pass("compat.dhcpv4"));
  }

  /** The first identifier that is not empty decides. */
  private static Step option() {
    Expr at = var("option");
    Expr size = var("size");
    return either(
        eq(u8(at), Dhcpv4Rules.OPTION_PAD),
        List.of(let("option", plus(at, 1))),
        List.of(
            let("size", u8(plus(at, 1))),
            when(
                all(eq(u8(at), Dhcpv4Rules.OPTION_CLIENT_ID), ne(size, 0)),
                dropIf(
                    "compat.dhcpv4-client-id-cut",
                    DropReason.DHCP_OPTION_MALFORMED,
                    gt(plus(plus(at, 2), size), length())),
                dropIf(
                    "compat.dhcpv4-client-id",
                    DropReason.DHCPV4_CLIENT_ID,
                    not(Dhcpv4Rules.ownIdentifier(plus(at, 2), size))),
                let("size", length())),
            let("option", plus(plus(at, 2), size))));
  }
}
