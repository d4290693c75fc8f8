package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.VlanTag;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A row of a decision table as a zone would send it.
 *
 * @param bytes the frame, with any tag in it
 * @param aggregate whether it is one of several UDP datagrams
 * @param direction which of a VNIC's two programs decides
 * @param reason of the drop; empty if the frame passes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WireRow(
    String name,
    DecisionTable.Policy policy,
    byte[] bytes,
    boolean aggregate,
    Direction direction,
    Optional<DropReason> reason) {

  private static final int ETHERNET = 14;

  /** With a tag and the EtherType behind it. */
  private static final int BEHIND_TAG = 20;

  /** Every row there is, of frames from the zone and to it. */
  static List<WireRow> all() {
    return Stream.concat(
            DecisionTable.rows().stream().map(row -> of(row, Direction.FROM_ZONE)),
            DecisionTable.receptionRows().stream().map(row -> of(row, Direction.TO_ZONE)))
        .toList();
  }

  private static WireRow of(DecisionTable.Row row, Direction direction) {
    byte[] wire = row.frame().wire();
    boolean inner = direction == Direction.TO_ZONE && !row.frame().tagStripped() && isTagged(wire);
    return new WireRow(
        row.name(),
        row.policy(),
        inner ? behindTag(wire) : wire,
        row.frame().aggregate(),
        direction,
        row.reason());
  }

  /** On the way to a zone a tag is still in the frame only if another one was before it. */
  private static byte[] behindTag(byte[] bytes) {
    return new Frame(bytes, Optional.of(new VlanTag(VlanTag.CUSTOMER, 0))).wire();
  }

  /**
   * Whether no filter ever sees it: the kernel takes no frame without a whole Ethernet header, and
   * drops one with a tag and nothing behind before it asks.
   */
  boolean isSwallowed() {
    return bytes.length < ETHERNET || (bytes.length < BEHIND_TAG && isTagged(bytes));
  }

  private static boolean isTagged(byte[] frame) {
    int type = frame.length < ETHERNET ? 0 : (frame[12] & 0xff) << 8 | (frame[13] & 0xff);
    return type == VlanTag.CUSTOMER || type == VlanTag.SERVICE;
  }

  @Override
  public String toString() {
    return name;
  }
}
