package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A row of a decision table as a zone would send it.
 *
 * @param bytes the frame, with any tag in it
 * @param direction which of a VNIC's two programs decides
 * @param reason of the drop; empty if the frame passes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WireRow(
    String name,
    DecisionTable.Policy policy,
    byte[] bytes,
    Direction direction,
    Optional<DropReason> reason) {

  /** Every row there is. */
  static List<WireRow> all() {
    return DecisionTable.rows().stream().map(WireRow::of).toList();
  }

  private static WireRow of(DecisionTable.Row row) {
    return new WireRow(
        row.name(), row.policy(), onTheWire(row.frame()), Direction.FROM_ZONE, row.reason());
  }

  /** Turns a frame whose tag the kernel took off into the one that the zone sent. */
  private static byte[] onTheWire(Frame frame) {
    if (!frame.tagStripped()) {
      return frame.bytes();
    }
    byte[] addresses = Arrays.copyOf(frame.bytes(), 12);
    byte[] rest = Arrays.copyOfRange(frame.bytes(), 12, frame.bytes().length);
    return Frames.join(addresses, Frames.u16(0x8100, 7), rest);
  }

  /** Whether the kernel drops it before it asks any filter: a tag with nothing behind it. */
  boolean isSwallowed() {
    return bytes.length < 18 && reason.equals(Optional.of(DropReason.VLAN_TAG));
  }

  @Override
  public String toString() {
    return name;
  }
}
