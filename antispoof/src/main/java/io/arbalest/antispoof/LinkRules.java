package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.and;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.drop;
import static io.arbalest.antispoof.rules.Dsl.dropIf;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.field;
import static io.arbalest.antispoof.rules.Dsl.has;
import static io.arbalest.antispoof.rules.Dsl.lt;
import static io.arbalest.antispoof.rules.Dsl.ne;
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
import io.arbalest.antispoof.rules.Step;
import java.util.List;

/** Rules on the Ethernet header: IEEE 802.3, 802.1Q, 802.1ad, 802.2 LLC. */
final class LinkRules {
  private static final int SOURCE = 6;

  /** The least EtherType; smaller numbers are an 802.3 length, with an LLC header after it. */
  private static final int LEAST_ETHERTYPE = 0x0600;

  private static final int SNAP_SAP = 0xaa;

  private LinkRules() {}

  /** The source address. Nothing is looked at again when it is the VNIC's own. */
  static List<Step> source() {
    Expr source = u48(SOURCE);
    return List.of(
        when(
            ne(source, field(PolicyField.MAC)),
            when(
                has(GUARDS),
                dropIf("link.group", DropReason.SOURCE_MAC_GROUP, ne(and(u8(SOURCE), 1), 0)),
                dropIf("link.zero", DropReason.SOURCE_MAC_ZERO, eq(source, 0))),
            dropIf("link.source", DropReason.SOURCE_MAC, has(MAC_NOSPOOF))));
  }

  /** A tag that the kernel already took off: what is behind it can not be trusted to be ours. */
  static List<Step> tags() {
    return List.of(
        dropIf("link.tag-stripped", DropReason.VLAN_TAG, all(tagsRefused(), tagStripped())));
  }

  /** What is neither IPv4, IPv6 nor ARP. */
  static List<Step> other() {
    Expr type = var(ProtectionRules.ETHERTYPE);
    // 0x9100 and 0x9200 are what switches used for outer tags before 802.1ad.
    Cond tagged = oneOf(type, 0x8100, 0x88a8, 0x9100, 0x9200);
    Cond snap = any(eq(u8(ProtectionRules.PAYLOAD), SNAP_SAP), eq(sourceSap(), SNAP_SAP));
    return List.of(
        dropIf("link.tag", DropReason.VLAN_TAG, all(tagsRefused(), tagged)),
        when(
            lt(type, LEAST_ETHERTYPE),
            dropIf("link.llc", DropReason.LLC, has(RESTRICTED)),
            // SNAP can carry IP to a receiver that unwraps it, past all that follows.
            dropIf("link.snap", DropReason.LLC, all(has(GUARDS), snap))),
        when(has(RESTRICTED), drop("link.ethertype", DropReason.ETHERTYPE)),
        pass("link.other"));
  }

  private static Expr sourceSap() {
    return u8(ProtectionRules.PAYLOAD + 1);
  }

  private static Cond tagsRefused() {
    return any(has(RESTRICTED), has(GUARDS));
  }
}
