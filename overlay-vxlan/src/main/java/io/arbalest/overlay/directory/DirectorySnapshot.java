package io.arbalest.overlay.directory;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.overlay.Vtep;
import io.arbalest.overlay.neighbour.AddressBook;
import io.arbalest.overlay.path.ForwardingTable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a directory knows at one moment, in the forms that it is asked for. Immutable.
 *
 * @param forwarding for the data path: where each MAC address is, and who may send
 * @param addresses for the ARP and neighbour proxies: who has each IP address
 * @param targets for the operator, in order of MAC address
 */
public record DirectorySnapshot(
    ForwardingTable forwarding, AddressBook addresses, List<Target> targets) {
  public DirectorySnapshot {
    targets = List.copyOf(targets);
  }

  /**
   * Compiles a table of stations.
   *
   * @param own this host's VTEP: stations there are local, and it is never sent to
   * @param entries at most one for each MAC address and each IP address
   */
  public static DirectorySnapshot of(Vtep own, Collection<DirectoryEntry> entries) {
    ForwardingTable.Builder forwarding = ForwardingTable.at(own);
    entries.forEach(e -> forwarding.place(e.mac().toLong(), e.vtep()));
    List<Target> targets =
        entries.stream()
            .sorted(Comparator.comparing(DirectoryEntry::mac))
            .map(e -> new Target(Optional.<MacAddress>of(e.mac()), e.vtep()))
            .toList();
    return new DirectorySnapshot(forwarding.build(), new StationTable(own, entries), targets);
  }

  /** Everything goes to one peer, and nothing is known of addresses. */
  public static DirectorySnapshot pointToPoint(Vtep own, Vtep peer) {
    ForwardingTable forwarding = ForwardingTable.at(own).everythingElseAt(peer).build();
    return new DirectorySnapshot(
        forwarding, new StationTable(own, List.of()), List.of(new Target(Optional.empty(), peer)));
  }
}
