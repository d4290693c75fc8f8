package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.and;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.field;
import static io.arbalest.antispoof.rules.Dsl.has;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.member;
import static io.arbalest.antispoof.rules.Dsl.ne;
import static io.arbalest.antispoof.rules.Dsl.not;
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.u16;
import static io.arbalest.antispoof.rules.Dsl.u48;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static io.arbalest.antispoof.rules.PolicyFlag.DHCP_GUARD;
import static io.arbalest.antispoof.rules.PolicyFlag.METHOD_DHCPV4;
import static io.arbalest.antispoof.rules.PolicyFlag.METHOD_DHCPV6;
import static io.arbalest.antispoof.rules.PolicyFlag.METHOD_SLAAC;
import static io.arbalest.antispoof.rules.PolicyFlag.OWN_ONLY;
import static io.arbalest.antispoof.rules.PolicyFlag.RA_GUARD;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.PolicyField;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.antispoof.rules.Step;
import java.util.List;

/**
 * The rule model of what is on its way to a zone: {@code own-only}, {@code ra-guard} and {@code
 * dhcp-guard}, and copies for whoever learns addresses. A port that asks for none of them gets
 * everything at the cost of a look at its flags.
 */
public final class ReceptionRules {
  private static final int DESTINATION = 0;

  private static final RuleModel MODEL = build();

  private ReceptionRules() {}

  /** The model; the same object each time. */
  public static RuleModel model() {
    return MODEL;
  }

  private static RuleModel build() {
    Cond noMethod = not(any(has(METHOD_DHCPV4), has(METHOD_DHCPV6), has(METHOD_SLAAC)));
    return new RuleModel(
        List.of(
            when(all(not(choosy()), noMethod), pass("rx.open")),
            let(LinkRules.MAC, u48(DESTINATION)),
            when(ownOnly(), dropIf("rx.destination-mac", DropReason.RX_DESTINATION, foreignMac())),
            let(ProtectionRules.ETHERTYPE, u16(ProtectionRules.ETHERTYPE_OFFSET)),
            ProtectionRules.byProtocol(
                ReceptionIpv4Rules.steps(),
                ReceptionIpv6Rules.steps(),
                List.of(pass("rx.arp")),
                other())),
        DropReason.RX_NO_POLICY,
        DropReason.RX_TRUNCATED);
  }

  /** Whether any frame at all may be dropped. */
  static Cond choosy() {
    return any(has(OWN_ONLY), guarded());
  }

  /** Whether routers and servers have to be trusted. */
  static Cond guarded() {
    return any(has(RA_GUARD), has(DHCP_GUARD));
  }

  /** Whether the frame has to be the zone's: what goes to groups and to all is. */
  static Cond ownOnly() {
    return all(has(OWN_ONLY), eq(and(u8(DESTINATION), 1), 0));
  }

  private static Cond foreignMac() {
    Expr mac = var(LinkRules.MAC);
    return all(ne(mac, field(PolicyField.MAC)), not(member(PolicySet.MAC, mac)));
  }

  /** A receiver may unwrap tags, some even SNAP. */
  private static List<Step> other() {
    return List.of(
        when(
            guarded(),
            dropIf("rx.tag", DropReason.RX_HIDDEN, LinkRules.tagged()),
            dropIf("rx.snap", DropReason.RX_HIDDEN, all(LinkRules.length802(), LinkRules.snap()))),
        pass("rx.other"));
  }
}
