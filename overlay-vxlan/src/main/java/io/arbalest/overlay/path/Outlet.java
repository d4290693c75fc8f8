package io.arbalest.overlay.path;

import io.arbalest.overlay.OverlayCounters;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a {@link Transmitter} works with.
 *
 * @param vni of the overlay
 * @param senders one for each outer source port; a power of two of them
 * @param counters of the overlay
 * @param slowPath decides about group frames
 * @param answers takes the frames that the slow path gives the zones
 */
record Outlet(
    int vni,
    List<DatagramSender> senders,
    OverlayCounters counters,
    SlowPath slowPath,
    Consumer<byte[]> answers) {
  Outlet {
    senders = List.copyOf(senders);
  }
}
