package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.and;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.field;
import static io.arbalest.antispoof.rules.Dsl.has;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.lt;
import static io.arbalest.antispoof.rules.Dsl.member;
import static io.arbalest.antispoof.rules.Dsl.ne;
import static io.arbalest.antispoof.rules.Dsl.not;
import static io.arbalest.antispoof.rules.Dsl.oneOf;
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.tagStripped;
import static io.arbalest.antispoof.rules.Dsl.u48;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static io.arbalest.antispoof.rules.PolicyFlag.GUARDS;
import static io.arbalest.antispoof.rules.PolicyFlag.MAC_NOSPOOF;
import static io.arbalest.antispoof.rules.PolicyFlag.RESTRICTED;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.PolicyField;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.Step;
import io.arbalest.antispoof.rules.VlanTag;
import java.util.List;

/** Rules on the Ethernet header: IEEE 802.3, 802.1Q, 802.1ad, 802.2 LLC. */
final class LinkRules {
  /** The variable that holds the MAC address of the zone's which the frame bears. */
  static final String MAC = "mac";

  private static final int SOURCE = 6;

  /** The least EtherType; smaller numbers are an 802.3 length, with an LLC header after it. */
  private static final int LEAST_ETHERTYPE = 0x0600;

  private static final int SNAP_SAP = 0xaa;

  private LinkRules() {}

  /**
   * The source address. One that is not among the zone's, where no mode minds, may go with the
   * VNIC's own address in the payload alone.
   */
  static List<Step> source() {
    Expr mac = var(MAC);
    return List.of(
        let(MAC, u48(SOURCE)),
        when(
            all(ne(mac, field(PolicyField.MAC)), not(member(PolicySet.MAC, mac))),
            when(
                has(GUARDS),
                dropIf("link.group", DropReason.SOURCE_MAC_GROUP, ne(and(u8(SOURCE), 1), 0)),
                dropIf("link.zero", DropReason.SOURCE_MAC_ZERO, eq(mac, 0))),
            dropIf("link.source", DropReason.SOURCE_MAC, has(MAC_NOSPOOF)),
            let(MAC, field(PolicyField.MAC))));
  }

  /** A tag that the kernel already took off: what is behind it can not be trusted to be ours. */
  static Step tags() {
    return dropIf("link.tag-stripped", DropReason.VLAN_TAG, tagStripped());
  }

  /** What is neither IPv4, IPv6 nor ARP. */
  static List<Step> other() {
    return List.of(
        dropIf("link.tag", DropReason.VLAN_TAG, tagged()),
        when(
            length802(),
            dropIf("link.llc", DropReason.LLC, has(RESTRICTED)),
            // SNAP can carry IP to a receiver that unwraps it, past all that follows.
            dropIf("link.snap", DropReason.LLC, snap())),
        dropIf("link.ethertype", DropReason.ETHERTYPE, has(RESTRICTED)),
        pass("link.other"));
  }

  /** Whether another tag follows; 0x9100 and 0x9200 are of switches from before 802.1ad. */
  static Cond tagged() {
    return oneOf(ethertype(), VlanTag.CUSTOMER, VlanTag.SERVICE, 0x9100, 0x9200);
  }

  /** Whether there is a length in the place of an EtherType. */
  static Cond length802() {
    return lt(ethertype(), LEAST_ETHERTYPE);
  }

  static Cond snap() {
    return any(
        eq(u8(ProtectionRules.PAYLOAD), SNAP_SAP), eq(u8(ProtectionRules.PAYLOAD + 1), SNAP_SAP));
  }

  private static Expr ethertype() {
    return var(ProtectionRules.ETHERTYPE);
  }
}
