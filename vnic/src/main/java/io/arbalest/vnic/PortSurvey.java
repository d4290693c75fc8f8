package io.arbalest.vnic;

import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.Links;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what the kernel has of an instance's ports: by their marks, never by their names. */
final class PortSurvey {
  private final Links links;
  private final OwnerMark mark;
  private final SwitchTable table;
  private final PortFilters filters;

  PortSurvey(Links links, OwnerMark mark, SwitchTable table, PortFilters filters) {
    this.links = links;
    this.mark = mark;
    this.table = table;
    this.filters = filters;
  }

  /** Every link of the namespace. */
  List<Link> links() {
    return links.list();
  }

  /** The VNIC that a link is the port of; empty if it is not one of ours, or only half made. */
  Optional<VnicKey> keyOf(Link link) {
    return mark.isDoomed(link) ? Optional.empty() : link.alias().flatMap(mark::read);
  }

  /** Whether it is one of ours whose making or removal was cut short. */
  boolean isRemnant(Link link) {
    return mark.isDoomed(link) || (mark.isOn(link) && link.alias().isEmpty());
  }

  /** The facts of every finished or unfinished port with a mark. */
  SortedMap<VnicKey, PortFacts> ports() {
    SortedMap<VnicKey, PortFacts> found = new TreeMap<>();
    for (Link link : links()) {
      keyOf(link).ifPresent(key -> found.put(key, facts(key, link)));
    }
    return found;
  }

  PortFacts facts(VnicKey key, Link link) {
    PortFacts.State state =
        new PortFacts.State(link.mtu(), link.up(), filters.areOnPort(link.index()));
    return new PortFacts(key, link.index(), link.name(), seat(link.index()), state);
  }

  private Optional<PortFacts.Seat> seat(int ifindex) {
    return table.port(ifindex).filter(PortRecord::isVnic).flatMap(port -> seat(ifindex, port));
  }

  private Optional<PortFacts.Seat> seat(int ifindex, PortRecord port) {
    boolean reached =
        table.owner(port.switchId(), port.mac()).filter(e -> e.ifindex() == ifindex).isPresent();
    return table
        .find(port.switchId())
        .filter(record -> reached && record.members().contains(ifindex))
        .map(record -> new PortFacts.Seat(record.name(), port.mac()));
  }

  /** The interfaces that tables may speak of: our ports, and the uplinks that still exist. */
  Set<Integer> alive(List<Link> all) {
    Set<Integer> existing = new HashSet<>();
    Set<Integer> alive = new HashSet<>();
    for (Link link : all) {
      existing.add(link.index());
      keyOf(link).ifPresent(key -> alive.add(link.index()));
    }
    table.switches().values().stream()
        .map(SwitchRecord::uplink)
        .filter(existing::contains)
        .forEach(alive::add);
    return alive;
  }
}
