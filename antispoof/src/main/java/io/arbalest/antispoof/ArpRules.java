package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.has;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.member;
import static io.arbalest.antispoof.rules.Dsl.ne;
import static io.arbalest.antispoof.rules.Dsl.not;
import static io.arbalest.antispoof.rules.Dsl.oneOf;
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.u16;
import static io.arbalest.antispoof.rules.Dsl.u32;
import static io.arbalest.antispoof.rules.Dsl.u48;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static io.arbalest.antispoof.rules.PolicyFlag.ADDRESSLESS;
import static io.arbalest.antispoof.rules.PolicyFlag.IP_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.MAC_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.METHOD_DHCPV4;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.Step;
import java.util.List;

/** Rules on ARP: RFC 826, probes and announcements of RFC 5227. */
final class ArpRules {
  static final int SENDER_MAC = 22;
  static final int SENDER_IP = 28;
  private static final int HARDWARE_AND_PROTOCOL = 14;
  private static final int LENGTHS = 18;
  private static final int OPERATION = 20;
  private static final int TARGET_IP = 38;

  /** Hardware type 1, Ethernet; protocol type 0x0800, IPv4. */
  private static final int ETHERNET_IPV4 = 0x0001_0800;

  private static final int LENGTHS_6_4 = 0x0604;
  private static final int REQUEST = 1;
  private static final int REPLY = 2;

  private ArpRules() {}

  static List<Step> steps() {
    return List.of(
        // The last field first: a frame that is cut anywhere is cut here.
        let("arp_target", u32(TARGET_IP)),
        let("arp_operation", u16(OPERATION)),
        dropIf(
            "arp.format",
            DropReason.ARP_FORMAT,
            any(ne(u32(HARDWARE_AND_PROTOCOL), ETHERNET_IPV4), ne(u16(LENGTHS), LENGTHS_6_4))),
        dropIf(
            "arp.operation",
            DropReason.ARP_OPERATION,
            not(oneOf(var("arp_operation"), REQUEST, REPLY))),
        dropIf(
            "arp.sender-mac",
            DropReason.ARP_SENDER_MAC,
            all(payloadMacChecked(), ne(u48(SENDER_MAC), var(LinkRules.MAC)))),
        when(has(IP_NOSPOOF), sender()),
        pass("arp"));
  }

  /** Payload MAC addresses are of interest to ip-nospoof, as in illumos, and to mac-nospoof. */
  static Cond payloadMacChecked() {
    return any(has(IP_NOSPOOF), has(MAC_NOSPOOF));
  }

  private static List<Step> sender() {
    Expr sender = var("arp_sender");
    return List.of(
        dropIf("arp.no-address", DropReason.NO_ADDRESS, has(ADDRESSLESS)),
        let("arp_sender", u32(SENDER_IP)),
        when(eq(sender, 0), probe()),
        dropIf("arp.sender-ip", DropReason.ARP_SENDER_IP, not(own(sender))));
  }

  /**
   * A probe claims its target for a moment: whoever is probing the same address gives it up (RFC
   * 5227 section 2.1.1), so a probe of a foreign address is a way to deny it to its owner.
   */
  private static List<Step> probe() {
    Expr target = var("arp_target");
    return List.of(
        dropIf("arp.probe-reply", DropReason.ARP_SENDER_IP, ne(var("arp_operation"), REQUEST)),
        dropIf(
            "arp.probe-target",
            DropReason.ARP_PROBE_TARGET,
            all(not(has(METHOD_DHCPV4)), not(own(target)))),
        pass("arp.probe"));
  }

  /** Whether the zone may claim an address. */
  static Cond own(Expr address) {
    return member(PolicySet.OWN_IPV4, address);
  }
}
