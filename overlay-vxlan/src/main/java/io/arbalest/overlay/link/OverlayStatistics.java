package io.arbalest.overlay.link;

import io.arbalest.overlay.DropReason;
import io.arbalest.overlay.FrameCount;
import io.arbalest.overlay.OverlayCounters;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The counters of an overlay at one moment. They start at zero with each daemon; only {@code
 * drop/queue-full}, which the kernel counts, goes on while the link exists.
 *
 * @param overlay its own
 * @param listener those of the UDP socket that it shares with the other overlays of its address:
 *     what was dropped before its overlay was known
 */
public record OverlayStatistics(
    OverlayCounters.Snapshot overlay, OverlayCounters.Snapshot listener) {
  /**
   * All counters by name, in a fixed order: the frame counts, then {@code drop/REASON} for each
   * reason. Datagrams that reached no overlay are in {@code drop/runt}, {@code drop/no-vni}, {@code
   * drop/truncated} and {@code drop/unknown-vni}, and are the same in every overlay of an address.
   */
  public Map<String, Long> byName() {
    Map<String, Long> values = new LinkedHashMap<>();
    for (FrameCount count : FrameCount.values()) {
      values.put(count.label(), overlay.get(count));
    }
    for (DropReason reason : DropReason.values()) {
      values.put("drop/" + reason.label(), overlay.get(reason) + listener.get(reason));
    }
    return values;
  }
}
