package io.arbalest.vnic;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.Links;
import io.arbalest.linux.rtnetlink.NewLink;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.rtnetlink.VethPair;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Makes a VNIC's veth pair with all that belongs to its port, and removes it, each step in the
 * order that never lets an unprotected or half-known frame through.
 */
final class PortMaker {
  /** What a port's name begins with; no {@link LinkName} can have a hyphen, so none collides. */
  static final String NAME_PREFIX = "vnic-";

  /** A super-frame of this size still fits one UDP send together with its segments' headers. */
  private static final int MAX_AGGREGATE = 61_000;

  /** Names that others took since the last look; beyond so many something else is wrong. */
  private static final int NAME_ATTEMPTS = 64;

  private final Links links;
  private final OwnerMark mark;
  private final PortGuard guard;
  private final PortFilters filters;
  private final SwitchTable table;
  private int nextSlot;

  PortMaker(Links links, OwnerMark mark, PortGuard guard, PortFilters filters, SwitchTable table) {
    this.links = links;
    this.mark = mark;
    this.guard = guard;
    this.filters = filters;
    this.table = table;
  }

  /** Numbers new ports after those that exist. */
  void nameAfter(List<Link> existing) {
    nextSlot = existing.stream().map(Link::name).mapToInt(PortMaker::slotOf).max().orElse(-1) + 1;
  }

  /** The number in a port's name; -1 if it is not called like one. */
  private static int slotOf(String name) {
    return name.matches(NAME_PREFIX + "[0-9]{1,9}")
        ? Integer.parseInt(name.substring(NAME_PREFIX.length()))
        : -1;
  }

  /**
   * Makes a VNIC and brings it up; if any step fails, nothing of it is left.
   *
   * @param seat the switch it joins, with its address
   * @param zone where its zone end goes; empty for this namespace
   * @return the port's interface index
   */
  int make(VnicSpec spec, int mtu, PortRecord seat, Optional<NetworkNamespace> zone) {
    try (Undo undo = new Undo()) {
      Link port = createPair(spec, mtu, zone);
      int ifindex = port.index();
      undo.push(() -> forget(ifindex));
      undo.push(() -> links.delete(ifindex));
      links.addAltName(ifindex, altName(spec.key()));
      links.disableAddressGeneration(ifindex);
      filters.attachToPort(ifindex);
      guard.admit(ifindex, spec);
      table.connect(ifindex, seat);
      undo.push(() -> table.withdraw(List.of(ifindex)));
      links.setUp(ifindex);
      raiseZoneEnd(port, zone);
      table.announce(new ForwardEntry(ifindex, zone.isEmpty()));
      undo.keep();
      return ifindex;
    }
  }

  /** The zone's name and the VNIC's, as a further name that Linux tools accept. */
  private static String altName(VnicKey key) {
    return key.zone().map(ZoneName::text).orElse(ZoneName.GLOBAL) + "/" + key.name();
  }

  private Link createPair(VnicSpec spec, int mtu, Optional<NetworkNamespace> zone) {
    NewLink end =
        NewLink.named(spec.key().name().text())
            .withMac(spec.mac().address())
            .withMtu(mtu)
            .withMaxAggregate(MAX_AGGREGATE);
    NewLink placed = zone.map(end::in).orElse(end);
    for (int attempt = 1; ; attempt++) {
      NewLink port =
          NewLink.named(NAME_PREFIX + nextSlot++)
              .withMtu(mtu)
              .withGroup(mark.group())
              .withAlias(mark.alias(spec.key()));
      try {
        return links.createVeth(new VethPair(port, placed));
      } catch (KernelException e) {
        boolean portNameTaken = e.errno() == Errno.EEXIST && !isTaken(placed);
        if (!portNameTaken || attempt == NAME_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private boolean isTaken(NewLink end) {
    if (end.namespace().isEmpty()) {
      return links.find(end.name()).isPresent();
    }
    try (Rtnetlink there = Rtnetlink.open(end.namespace().get())) {
      return there.links().find(end.name()).isPresent();
    }
  }

  private void raiseZoneEnd(Link port, Optional<NetworkNamespace> zone) {
    int end = port.linkIndex().orElseThrow();
    if (zone.isEmpty()) {
      links.setUp(end);
      return;
    }
    try (Rtnetlink there = Rtnetlink.open(zone.get())) {
      there.links().setUp(end);
    }
  }

  /**
   * Removes ports and their VNICs: out of the tables first, then the links, all in one go. An index
   * that is another's by now loses its entries only.
   */
  void remove(Collection<Integer> ports) {
    table.withdraw(ports);
    List<Integer> ours = ports.stream().filter(this::isOurs).toList();
    if (ours.size() == 1) {
      unlessGone(() -> links.delete(ours.getFirst()));
    } else if (!ours.isEmpty()) {
      deleteTogether(ours);
    }
    ports.forEach(this::forget);
  }

  private boolean isOurs(int ifindex) {
    return links.find(ifindex).filter(mark::isOn).isPresent();
  }

  /** One by one each link would wait for the kernel's grace periods; a group waits once. */
  private void deleteTogether(List<Integer> ports) {
    ports.forEach(ifindex -> unlessGone(() -> links.setGroup(ifindex, mark.doomedGroup())));
    unlessGone(() -> links.deleteGroup(mark.doomedGroup()));
  }

  /** A link goes away by itself with its zone. */
  private static void unlessGone(Runnable verb) {
    try {
      verb.run();
    } catch (KernelException e) {
      if (e.errno() != Errno.ENODEV) {
        throw e;
      }
    }
  }

  /** Drops what is kept about a port that is no more. */
  void forget(int ifindex) {
    guard.forget(ifindex);
    table.forgetCounters(ifindex);
  }
}
