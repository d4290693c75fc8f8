package io.arbalest.vnic;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What passed a VNIC, from its zone's point of view: the numbers of {@code dladm show-link -s}.
 *
 * <p>Frames that were dropped are errors and not among the packets, so frames sent by the zone are
 * {@code out.packets + out.errors}. A TCP super-frame is one packet, and bytes count the Ethernet
 * header. What the switch handed on and the guard, or the zone's end, then did not take is in
 * {@code in.errors} and not in {@code in.packets}, but its bytes stay in {@code in.bytes}: nobody
 * counts them there.
 *
 * <p>One thing no counter sees: a frame handed straight to a zone end ({@link Delivery#DIRECT})
 * that the zone's root has set down. The kernel drops it without a word; it is among the packets.
 *
 * @param in IPACKETS, RBYTES, IERRORS: handed to the zone, or not
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

  /** What the labels of drops on the way to the zone begin with. */
  private static final String RECEPTION = "rx-";

  /** The label of frames that the kernel dropped between the port and the zone's end. */
  private static final String NOT_RECEIVED = "not-received";

  /**
   * @param switched what the switch counted at the port
   * @param guarded what the guard dropped at the port, by reason
   * @param lost frames that the port transmitted and its other end did not take
   */
  static LinkStats of(PortCounters switched, SortedMap<String, Long> guarded, long lost) {
    SortedMap<String, Long> drops = new TreeMap<>(guarded);
    switched.drops().forEach((reason, count) -> drops.merge(reason.text(), count, Long::sum));
    drops.put(NOT_RECEIVED, lost);
    long refused = sum(guarded, label -> !label.startsWith(RECEPTION));
    long after = sum(guarded, label -> label.startsWith(RECEPTION)) + lost;
    // The three are read one after another, while frames pass.
    long taken = Math.max(0, switched.inPackets() - after);
    return new LinkStats(
        new Traffic(taken, switched.inBytes(), switched.dropped(true) + after),
        new Traffic(switched.outPackets(), switched.outBytes(), switched.dropped(false) + refused),
        drops);
  }

  private static long sum(SortedMap<String, Long> drops, Predicate<String> labels) {
    return drops.entrySet().stream()
        .filter(drop -> labels.test(drop.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
