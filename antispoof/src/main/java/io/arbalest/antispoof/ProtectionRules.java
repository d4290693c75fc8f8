package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.either;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.u16;
import static io.arbalest.antispoof.rules.Dsl.var;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.antispoof.rules.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The rule model of protection, in the order in which illumos checks: Ethernet source
 * (mac-nospoof), EtherType (restricted), then addresses by protocol (ip-nospoof). The guards stand
 * beside the mode that they sharpen.
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
    steps.addAll(LinkRules.tags());
    steps.add(
        either(
            is(ETHERTYPE_IPV4),
            Ipv4Rules.steps(),
            List.of(
                either(
                    is(ETHERTYPE_IPV6),
                    Ipv6Rules.steps(),
                    List.of(either(is(ETHERTYPE_ARP), ArpRules.steps(), LinkRules.other()))))));
    return new RuleModel(steps);
  }

  private static Cond is(int ethertype) {
    return eq(var(ETHERTYPE), ethertype);
  }
}
