package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.either;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.has;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.u16;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.PolicyFlag.GUARDS;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.antispoof.rules.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The rule model of protection, in the order in which illumos checks: Ethernet source
 * (mac-nospoof), EtherType (restricted), addresses by protocol (ip-nospoof), then DHCP
 * (dhcp-nospoof). It is two models in one: with the guards, each of which stands beside the mode
 * that it sharpens, and without them, as illumos decides.
 */
public final class ProtectionRules {
  static final int ETHERTYPE_IPV4 = 0x0800;
  static final int ETHERTYPE_ARP = 0x0806;
  static final int ETHERTYPE_IPV6 = 0x86dd;

  /** Offset of the EtherType, and of what follows the Ethernet header. */
  static final int ETHERTYPE_OFFSET = 12;

  static final int PAYLOAD = 14;
  static final String ETHERTYPE = "ethertype";

  private static final RuleModel MODEL = build();

  private ProtectionRules() {}

  /** The model; the same object each time. */
  public static RuleModel model() {
    return MODEL;
  }

  private static RuleModel build() {
    List<Step> steps = new ArrayList<>(LinkRules.source());
    steps.add(let(ETHERTYPE, u16(ETHERTYPE_OFFSET)));
    steps.add(either(has(GUARDS), guarded(), CompatRules.steps()));
    return new RuleModel(steps);
  }

  private static List<Step> guarded() {
    return List.of(
        LinkRules.tags(),
        byProtocol(Ipv4Rules.steps(), Ipv6Rules.steps(), ArpRules.steps(), LinkRules.other()));
  }

  /** The steps of the protocol that the EtherType names. */
  static Step byProtocol(List<Step> ipv4, List<Step> ipv6, List<Step> arp, List<Step> other) {
    return either(
        is(ETHERTYPE_IPV4),
        ipv4,
        List.of(either(is(ETHERTYPE_IPV6), ipv6, List.of(either(is(ETHERTYPE_ARP), arp, other)))));
  }

  private static Cond is(int ethertype) {
    return eq(var(ETHERTYPE), ethertype);
  }
}
