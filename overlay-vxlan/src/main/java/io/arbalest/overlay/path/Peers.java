package io.arbalest.overlay.path;

import io.arbalest.overlay.Vtep;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A forwarding table made ready for the packet loop: each VTEP with its socket address. */
final class Peers {
  private final ForwardingTable table;
  private final Peer[] all;

  private Peers(ForwardingTable table, List<Peer> all) {
    this.table = table;
    this.all = all.toArray(Peer[]::new);
  }

  /**
   * Prepares a table. The socket addresses live as long as something refers to them, because a full
   * socket may hold a batch for a VTEP that the next table no longer has.
   *
   * @throws IllegalArgumentException if the family cannot reach a VTEP
   */
  static Peers of(ForwardingTable table, Way way) {
    return of(table, way, Map.of());
  }

  /** The successor of this one; what is known of a VTEP's offload is kept. */
  Peers successor(ForwardingTable next, Way way) {
    Map<Vtep, Peer> known = new HashMap<>();
    Arrays.stream(all).forEach(peer -> known.put(peer.vtep(), peer));
    return of(next, way, known);
  }

  private static Peers of(ForwardingTable table, Way way, Map<Vtep, Peer> known) {
    for (Vtep vtep : table.vteps()) {
      if (way.family() == UdpOptions.AF_INET && SocketAddress.family(vtep.ip()) != way.family()) {
        throw new IllegalArgumentException(
            "invalid VTEP '" + vtep + "': only IPv4 can be reached from an IPv4 address");
      }
    }
    Arena arena = Arena.ofAuto();
    List<Peer> peers =
        table.vteps().stream()
            .map(v -> known.containsKey(v) ? known.get(v) : new Peer(arena, v, way))
            .toList();
    return new Peers(table, peers);
  }

  ForwardingTable table() {
    return table;
  }

  int count() {
    return all.length;
  }

  Peer peer(int index) {
    return all[index];
  }
}
