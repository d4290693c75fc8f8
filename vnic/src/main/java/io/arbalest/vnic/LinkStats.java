package io.arbalest.vnic;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What passed a VNIC, from its zone's point of view: the numbers of {@code dladm show-link -s}.
 *
 * <p>Frames that were dropped are errors and not among the packets, so frames sent by the zone are
 * {@code out.packets + out.errors}. A TCP super-frame is one packet, and bytes count the Ethernet
 * header.
 *
 * @param in IPACKETS, RBYTES, IERRORS: handed to the zone, or not for lack of room
 * @param out OPACKETS, OBYTES, OERRORS: forwarded from the zone, or dropped by protection or switch
 * @param drops what the errors are made of, every reason by name, also those that are zero
 */
public record LinkStats(Traffic in, Traffic out, SortedMap<String, Long> drops) {
  /**
   * One direction.
   *
   * @param packets frames that passed
   * @param bytes their length
   * @param errors frames that did not
   */
  public record Traffic(long packets, long bytes, long errors) {}

  public LinkStats {
    drops = Collections.unmodifiableSortedMap(new TreeMap<>(drops));
  }

  /**
   * @param switched what the switch counted at the port
   * @param guarded what the guard dropped at the port, by reason
   */
  static LinkStats of(PortCounters switched, SortedMap<String, Long> guarded) {
    SortedMap<String, Long> drops = new TreeMap<>(guarded);
    switched.drops().forEach((reason, count) -> drops.merge(reason.text(), count, Long::sum));
    long refused = guarded.values().stream().mapToLong(Long::longValue).sum();
    return new LinkStats(
        new Traffic(switched.inPackets(), switched.inBytes(), switched.dropped(true)),
        new Traffic(switched.outPackets(), switched.outBytes(), switched.dropped(false) + refused),
        drops);
  }
}
