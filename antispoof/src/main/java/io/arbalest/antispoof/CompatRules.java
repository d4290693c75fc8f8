package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.and;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.drop;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.either;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.has;
import static io.arbalest.antispoof.rules.Dsl.length;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.lt;
import static io.arbalest.antispoof.rules.Dsl.ne;
import static io.arbalest.antispoof.rules.Dsl.not;
import static io.arbalest.antispoof.rules.Dsl.oneOf;
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.tagControl;
import static io.arbalest.antispoof.rules.Dsl.tagProtocol;
import static io.arbalest.antispoof.rules.Dsl.tagStripped;
import static io.arbalest.antispoof.rules.Dsl.u32;
import static io.arbalest.antispoof.rules.Dsl.u48;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static io.arbalest.antispoof.rules.PolicyFlag.DHCP_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.IP_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.MAC_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.RESTRICTED;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.Step;
import io.arbalest.antispoof.rules.VlanTag;
import java.util.List;

/**
 * The rules without the guards: each mode decides as illumos's link protection does, with its gaps.
 * A tag that the kernel took off is looked through as illumos looks through the first 802.1Q tag.
 */
final class CompatRules {
  private static final int ARP_HARDWARE_LENGTH = 18;
  private static final int ARP_PROTOCOL_LENGTH = 19;
  private static final int ARP_FIXED = 22;
  private static final int ARP_WITHOUT_HARDWARE = ARP_FIXED + 2 * 4;
  private static final int ARP = ARP_WITHOUT_HARDWARE + 2 * 6;
  private static final int TAGGED_HEADER = 18;

  private CompatRules() {}

  static List<Step> steps() {
    return List.of(
        when(
            not(any(has(MAC_NOSPOOF), has(RESTRICTED), has(IP_NOSPOOF), has(DHCP_NOSPOOF))),
            pass("unprotected")),
        when(tagStripped(), tag()),
        ProtectionRules.byProtocol(
            CompatIpv4Rules.steps(), CompatIpv6Rules.steps(), arp(), other()));
  }

  private static List<Step> tag() {
    Cond customer = eq(tagProtocol(), VlanTag.CUSTOMER);
    return List.of(
        dropIf(
            "compat.tag-cfi",
            DropReason.VLAN_CFI,
            all(customer, ne(and(tagControl(), VlanTag.DEI), 0))),
        // No VNIC has a VLAN identifier of its own.
        dropIf(
            "compat.tag-vid",
            DropReason.VLAN_TAG,
            all(has(RESTRICTED), any(not(customer), ne(and(tagControl(), VlanTag.VID), 0)))),
        when(not(customer), pass("compat.service-tag")));
  }

  /** What is neither IPv4, IPv6 nor ARP; a tag that is still there is the second one. */
  private static List<Step> other() {
    return List.of(
        dropIf(
            "compat.tag-cut",
            DropReason.VLAN_CFI,
            all(
                eq(var(ProtectionRules.ETHERTYPE), VlanTag.CUSTOMER),
                not(tagStripped()),
                lt(length(), TAGGED_HEADER))),
        when(
            has(RESTRICTED),
            dropIf("compat.tag", DropReason.VLAN_TAG, LinkRules.tagged()),
            dropIf("compat.llc", DropReason.LLC, LinkRules.length802()),
            drop("compat.ethertype", DropReason.ETHERTYPE)),
        pass("compat.other"));
  }

  /** Neither operation, hardware nor protocol type matter; there may be no hardware addresses. */
  private static List<Step> arp() {
    Expr hardware = var("size");
    return List.of(
        when(
            has(IP_NOSPOOF),
            dropIf("compat.arp-short", DropReason.ARP_FORMAT, lt(length(), ARP_WITHOUT_HARDWARE)),
            let("size", u8(ARP_HARDWARE_LENGTH)),
            dropIf(
                "compat.arp-lengths",
                DropReason.ARP_FORMAT,
                any(not(oneOf(hardware, 0, 6)), ne(u8(ARP_PROTOCOL_LENGTH), 4))),
            either(
                eq(hardware, 0),
                List.of(let("arp_sender", u32(ARP_FIXED))),
                List.of(
                    dropIf("compat.arp-cut", DropReason.ARP_FORMAT, lt(length(), ARP)),
                    dropIf(
                        "compat.arp-sender-mac",
                        DropReason.ARP_SENDER_MAC,
                        ne(u48(ArpRules.SENDER_MAC), var(LinkRules.MAC))),
                    let("arp_sender", u32(ArpRules.SENDER_IP)))),
            dropIf(
                "compat.arp-sender-ip",
                DropReason.ARP_SENDER_IP,
                all(ne(var("arp_sender"), 0), not(ArpRules.own(var("arp_sender")))))),
        pass("compat.arp"));
  }
}
