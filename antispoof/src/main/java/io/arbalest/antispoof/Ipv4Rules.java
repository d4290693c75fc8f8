package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.and;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.either;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.field;
import static io.arbalest.antispoof.rules.Dsl.ge;
import static io.arbalest.antispoof.rules.Dsl.gt;
import static io.arbalest.antispoof.rules.Dsl.has;
import static io.arbalest.antispoof.rules.Dsl.le;
import static io.arbalest.antispoof.rules.Dsl.length;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.lt;
import static io.arbalest.antispoof.rules.Dsl.member;
import static io.arbalest.antispoof.rules.Dsl.minus;
import static io.arbalest.antispoof.rules.Dsl.ne;
import static io.arbalest.antispoof.rules.Dsl.not;
import static io.arbalest.antispoof.rules.Dsl.num;
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
import static io.arbalest.antispoof.rules.PolicyFlag.IP_NOSPOOF;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.PolicyField;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.Step;
import java.util.List;

/** Rules on IPv4: RFC 791, RFC 1122 section 3.2.1.3. */
final class Ipv4Rules {
  static final int HEADER = ProtectionRules.PAYLOAD;
  static final int TOTAL_LENGTH = HEADER + 2;
  static final int FRAGMENT = HEADER + 6;
  static final int PROTOCOL = HEADER + 9;
  static final int SOURCE = HEADER + 12;
  static final int DESTINATION = HEADER + 16;
  static final int LEAST_HEADER = 20;
  static final int FRAGMENT_OFFSET_BITS = 0x1fff;
  static final int MORE_FRAGMENTS = 0x2000;
  static final int UDP = 17;

  private static final int LEAST_WORDS = LEAST_HEADER / 4;
  private static final int VERSION_4_NO_OPTIONS = 0x45;
  private static final long BROADCAST = 0xffff_ffffL;

  private Ipv4Rules() {}

  static List<Step> steps() {
    return List.of(
        dropIf("ipv4.no-address", DropReason.NO_ADDRESS, all(has(IP_NOSPOOF), has(ADDRESSLESS))),
        // The last field first: a header that is cut anywhere is cut here.
        let("destination", u32(DESTINATION)),
        let("version_ihl", u8(HEADER)),
        let("source", u32(SOURCE)),
        dropIf("ipv4.version", DropReason.IPV4_VERSION, ne(and(var("version_ihl"), 0xf0), 0x40)),
        dropIf(
            "ipv4.header-length",
            DropReason.IPV4_HEADER_LENGTH,
            lt(and(var("version_ihl"), 0x0f), LEAST_WORDS)),
        dropIf("ipv4.length", DropReason.IPV4_LENGTH, impossibleLength()),
        dropIf(
            "ipv4.source-loopback",
            DropReason.IPV4_SOURCE_LOOPBACK,
            eq(shr(var("source"), 24), 127)),
        dropIf(
            "ipv4.source-group",
            DropReason.IPV4_SOURCE_GROUP,
            any(eq(shr(var("source"), 28), 0xe), eq(var("source"), BROADCAST))),
        either(
            eq(var("source"), 0),
            List.of(
                dropIf(
                    "ipv4.source-unspecified", DropReason.IPV4_SOURCE_UNSPECIFIED, notDiscover())),
            List.of(
                dropIf(
                    "ipv4.source",
                    DropReason.IPV4_SOURCE,
                    all(has(IP_NOSPOOF), not(allowed(var("source"))))))),
        when(all(eq(u8(PROTOCOL), UDP), eq(and(u16(FRAGMENT), FRAGMENT_OFFSET_BITS), 0)), udp()),
        pass("ipv4"));
  }

  private static Cond impossibleLength() {
    Expr total = u16(TOTAL_LENGTH);
    return any(
        lt(total, shl(and(var("version_ihl"), 0x0f), 2)), gt(total, minus(length(), HEADER)));
  }

  /** A client that has no address yet may broadcast to DHCP servers, and nothing else. */
  private static Cond notDiscover() {
    return any(
        ne(var("destination"), BROADCAST),
        ne(u8(PROTOCOL), UDP),
        ne(and(u16(FRAGMENT), MORE_FRAGMENTS | FRAGMENT_OFFSET_BITS), 0),
        ne(u16(transport()), Dhcpv4Rules.CLIENT_PORT),
        ne(u16(plus(transport(), 2)), Dhcpv4Rules.SERVER_PORT));
  }

  /** Whole datagrams and first fragments. */
  private static List<Step> udp() {
    int at = HEADER + LEAST_HEADER;
    return List.of(
        // Two ways to the same ports, as a load at a constant offset is the cheaper one.
        either(
            eq(var("version_ihl"), VERSION_4_NO_OPTIONS),
            List.of(let("at", num(at)), let("from_port", u16(at)), let("to_port", u16(at + 2))),
            List.of(
                let("at", transport()),
                let("from_port", u16(var("at"))),
                let("to_port", u16(plus(var("at"), 2))))),
        dropIf(
            "ipv4.vtep",
            DropReason.VTEP,
            all(
                aimedAtVtepPort(),
                member(PolicySet.VTEP_IPV4, var("destination"), var("to_port")))),
        when(Dhcpv4Rules.ports(), Dhcpv4Rules.steps()));
  }

  /** Two comparisons, so that nearly all other traffic needs no more. */
  static Cond aimedAtVtepPort() {
    return all(
        ge(var("to_port"), field(PolicyField.VTEP_FIRST_PORT)),
        le(var("to_port"), field(PolicyField.VTEP_LAST_PORT)));
  }

  /** Where the header says that it ends. */
  static Expr transport() {
    return plus(shl(and(u8(HEADER), 0x0f), 2), HEADER);
  }

  /** Whether the zone may send from an address. */
  static Cond allowed(Expr address) {
    return member(PolicySet.SOURCE_IPV4, address);
  }
}
