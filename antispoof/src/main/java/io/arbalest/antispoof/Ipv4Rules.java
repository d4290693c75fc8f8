package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.and;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.either;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.gt;
import static io.arbalest.antispoof.rules.Dsl.has;
import static io.arbalest.antispoof.rules.Dsl.length;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.lt;
import static io.arbalest.antispoof.rules.Dsl.member;
import static io.arbalest.antispoof.rules.Dsl.minus;
import static io.arbalest.antispoof.rules.Dsl.ne;
import static io.arbalest.antispoof.rules.Dsl.not;
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.plus;
import static io.arbalest.antispoof.rules.Dsl.shl;
import static io.arbalest.antispoof.rules.Dsl.shr;
import static io.arbalest.antispoof.rules.Dsl.u16;
import static io.arbalest.antispoof.rules.Dsl.u32;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static io.arbalest.antispoof.rules.PolicyFlag.ADDRESSLESS;
import static io.arbalest.antispoof.rules.PolicyFlag.GRANT_DHCP_SERVER;
import static io.arbalest.antispoof.rules.PolicyFlag.GUARDS;
import static io.arbalest.antispoof.rules.PolicyFlag.IP_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.METHOD_DHCPV4;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.Step;
import java.util.List;

/** Rules on IPv4: RFC 791, RFC 1122 section 3.2.1.3, DHCP of RFC 2131. */
final class Ipv4Rules {
  private static final int HEADER = ProtectionRules.PAYLOAD;
  private static final int TOTAL_LENGTH = HEADER + 2;
  private static final int FRAGMENT = HEADER + 6;
  private static final int PROTOCOL = HEADER + 9;
  private static final int SOURCE = HEADER + 12;
  private static final int DESTINATION = HEADER + 16;
  private static final int LEAST_WORDS = 5;
  private static final int LEAST_HEADER = 4 * LEAST_WORDS;

  private static final int FRAGMENT_OFFSET_BITS = 0x1fff;
  private static final int MORE_FRAGMENTS_OR_OFFSET = 0x3fff;
  private static final int VERSION_4_NO_OPTIONS = 0x45;
  private static final long BROADCAST = 0xffff_ffffL;
  private static final int UDP = 17;
  private static final int DHCP_SERVER_PORT = 67;
  private static final int DHCP_CLIENT_PORT = 68;

  private Ipv4Rules() {}

  static List<Step> steps() {
    return List.of(
        dropIf("ipv4.no-address", DropReason.NO_ADDRESS, all(has(IP_NOSPOOF), has(ADDRESSLESS))),
        // The last field first: a header that is cut anywhere is cut here.
        let("destination", u32(DESTINATION)),
        let("version_ihl", u8(HEADER)),
        let("source", u32(SOURCE)),
        when(has(GUARDS), guards()),
        dropIf(
            "ipv4.source",
            DropReason.IPV4_SOURCE,
            all(has(IP_NOSPOOF), ne(var("source"), 0), not(allowed(var("source"))))),
        when(
            all(
                has(GUARDS),
                eq(u8(PROTOCOL), UDP),
                eq(and(u16(FRAGMENT), FRAGMENT_OFFSET_BITS), 0),
                not(has(GRANT_DHCP_SERVER))),
            dhcpServer()),
        pass("ipv4"));
  }

  private static List<Step> guards() {
    Expr source = var("source");
    Expr total = u16(TOTAL_LENGTH);
    return List.of(
        dropIf("ipv4.version", DropReason.IPV4_VERSION, ne(and(var("version_ihl"), 0xf0), 0x40)),
        dropIf(
            "ipv4.header-length",
            DropReason.IPV4_HEADER_LENGTH,
            lt(and(var("version_ihl"), 0x0f), LEAST_WORDS)),
        dropIf(
            "ipv4.length",
            DropReason.IPV4_LENGTH,
            any(lt(total, headerLength()), gt(total, minus(length(), HEADER)))),
        dropIf("ipv4.source-loopback", DropReason.IPV4_SOURCE_LOOPBACK, eq(shr(source, 24), 127)),
        dropIf(
            "ipv4.source-group",
            DropReason.IPV4_SOURCE_GROUP,
            any(eq(shr(source, 28), 0xe), eq(source, BROADCAST))),
        when(eq(source, 0), unspecified()));
  }

  /** A client that has no address yet may broadcast to DHCP servers, and nothing else. */
  private static List<Step> unspecified() {
    Cond notDhcp =
        any(
            ne(var("destination"), BROADCAST),
            ne(u8(PROTOCOL), UDP),
            ne(and(u16(FRAGMENT), MORE_FRAGMENTS_OR_OFFSET), 0),
            ne(u16(transport()), DHCP_CLIENT_PORT),
            ne(u16(plus(transport(), 2)), DHCP_SERVER_PORT));
    return List.of(
        dropIf("ipv4.source-unspecified", DropReason.IPV4_SOURCE_UNSPECIFIED, notDhcp),
        dropIf(
            "ipv4.dhcp-client",
            DropReason.DHCPV4_CLIENT,
            all(has(IP_NOSPOOF), not(has(METHOD_DHCPV4)))),
        pass("ipv4.dhcp-discover"));
  }

  /** Clients listen on port 68 alone, so what goes there or comes from 67 speaks as a server. */
  private static List<Step> dhcpServer() {
    return List.of(
        // Two ways to the same ports, as a load at a constant offset is the cheaper one.
        either(
            eq(var("version_ihl"), VERSION_4_NO_OPTIONS),
            List.of(
                let("from_port", u16(HEADER + LEAST_HEADER)),
                let("to_port", u16(HEADER + LEAST_HEADER + 2))),
            List.of(let("from_port", u16(transport())), let("to_port", u16(plus(transport(), 2))))),
        dropIf(
            "ipv4.dhcp-server",
            DropReason.DHCPV4_SERVER,
            any(eq(var("from_port"), DHCP_SERVER_PORT), eq(var("to_port"), DHCP_CLIENT_PORT))));
  }

  private static Expr headerLength() {
    return shl(and(var("version_ihl"), 0x0f), 2);
  }

  private static Expr transport() {
    return plus(headerLength(), HEADER);
  }

  private static Cond allowed(Expr address) {
    return member(PolicySet.SOURCE_IPV4, address);
  }
}
