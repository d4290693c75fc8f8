package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.drop;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.eq;
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
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.plus;
import static io.arbalest.antispoof.rules.Dsl.repeat;
import static io.arbalest.antispoof.rules.Dsl.u16;
import static io.arbalest.antispoof.rules.Dsl.u48;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static io.arbalest.antispoof.rules.PolicyFlag.ALLOW_ALL_CLIENT_IDS;
import static io.arbalest.antispoof.rules.PolicyFlag.DHCP_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.IP_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.METHOD_DHCPV6;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.Step;
import io.arbalest.antispoof.rules.Topic;
import java.util.List;

/**
 * Rules on DHCPv6 of RFC 8415, after the variables of {@link Ipv6Rules}: {@code at} is where UDP
 * begins.
 */
final class Dhcpv6Rules {
  static final int CLIENT_PORT = 546;
  static final int SERVER_PORT = 547;
  static final int UDP_HEADER = 8;

  /** Message type and transaction identifier. */
  static final int FIXED = 4;

  static final int OPTION_HEADER = 4;
  static final int OPTION_CLIENT_ID = 1;

  /** As many as are followed in strict form; a client sends about eight. */
  static final int MAX_OPTIONS = 32;

  private static final int UDP_LENGTH = 4;
  private static final int DUID_LLT = 1;
  private static final int DUID_LL = 3;

  /**
   * SOLICIT, REQUEST, CONFIRM, RENEW, REBIND, RELEASE, DECLINE, INFORMATION-REQUEST, and
   * ADDR-REG-INFORM of RFC 9686.
   */
  private static final long[] CLIENT_TYPES = {1, 3, 4, 5, 6, 8, 9, 11, 36};

  private Dhcpv6Rules() {}

  /** Whether UDP is of one of the two ports. */
  static Cond ports() {
    return any(
        le(minus(var("from_port"), CLIENT_PORT), 1), le(minus(var("to_port"), CLIENT_PORT), 1));
  }

  static List<Step> steps() {
    return List.of(
        // Clients listen on port 546 alone: what goes there or comes from 547 speaks as a server.
        when(
            any(eq(var("from_port"), SERVER_PORT), eq(var("to_port"), CLIENT_PORT)),
            dropIf("dhcpv6.server", DropReason.DHCPV6_SERVER, not(Dhcpv4Rules.granted())),
            pass("dhcpv6.granted")),
        dropIf(
            "dhcpv6.client",
            DropReason.DHCPV6_CLIENT,
            all(has(IP_NOSPOOF), not(has(METHOD_DHCPV6)))),
        when(has(DHCP_NOSPOOF), client()),
        when(has(METHOD_DHCPV6), note(Topic.DHCPV6)),
        pass("dhcpv6"));
  }

  private static List<Step> client() {
    Expr at = var("at");
    Expr end = var("end");
    return List.of(
        dropIf("dhcpv6.fragment", DropReason.DHCP_FRAGMENT, ne(var("fragment"), 0)),
        dropIf(
            "dhcpv6.length",
            DropReason.DHCP_FORMAT,
            any(
                lt(end, plus(at, UDP_HEADER + FIXED)),
                ne(plus(at, u16(plus(at, UDP_LENGTH))), end))),
        dropIf(
            "dhcpv6.type",
            DropReason.DHCPV6_SERVER,
            not(oneOf(u8(plus(at, UDP_HEADER)), CLIENT_TYPES))),
        let("option", plus(at, UDP_HEADER + FIXED)),
        let("seen", num(0)),
        repeat(
            MAX_OPTIONS,
            lt(var("option"), end),
            drop("dhcpv6.option-limit", DropReason.DHCP_OPTION_LIMIT),
            option()));
  }

  private static List<Step> option() {
    Expr value = plus(var("option"), OPTION_HEADER);
    Expr size = var("size");
    return List.of(
        dropIf("dhcpv6.option-header", DropReason.DHCP_OPTION_MALFORMED, gt(value, var("end"))),
        let("size", u16(plus(var("option"), 2))),
        dropIf(
            "dhcpv6.option-end",
            DropReason.DHCP_OPTION_MALFORMED,
            gt(plus(value, size), var("end"))),
        when(
            eq(u16(var("option")), OPTION_CLIENT_ID),
            dropIf("dhcpv6.option-duplicate", DropReason.DHCP_OPTION_DUPLICATE, ne(var("seen"), 0)),
            let("seen", num(1)),
            dropIf("dhcpv6.option-length", DropReason.DHCP_OPTION_MALFORMED, lt(size, 2)),
            dropIf(
                "dhcpv6.client-id",
                DropReason.DHCPV6_CLIENT_ID,
                all(not(has(ALLOW_ALL_CLIENT_IDS)), not(ownIdentifier(value, size))))),
        let("option", plus(value, size)));
  }

  /** Whether an identifier is a DUID-LLT or DUID-LL of the MAC address, or a listed one. */
  static Cond ownIdentifier(Expr value, Expr size) {
    Expr mac = var(LinkRules.MAC);
    return any(
        all(eq(size, 14), eq(u16(value), DUID_LLT), eq(u48(plus(value, 8)), mac)),
        all(eq(size, 10), eq(u16(value), DUID_LL), eq(u48(plus(value, 4)), mac)),
        memberBytes(PolicySet.CLIENT_ID, value, size));
  }
}
