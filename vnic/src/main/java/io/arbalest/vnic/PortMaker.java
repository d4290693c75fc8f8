package io.arbalest.vnic;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.LinkKind;
import io.arbalest.linux.rtnetlink.Links;
import io.arbalest.linux.rtnetlink.NewLink;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.rtnetlink.VethPair;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
  private final HostStack host;
  private int nextSlot;

  PortMaker(
      Links links,
      OwnerMark mark,
      PortGuard guard,
      PortFilters filters,
      SwitchTable table,
      HostStack host) {
    this.host = host;
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
   * @param wiring the switch it joins, and how
   * @param zone where its zone end goes; empty for this namespace
   * @return the port
   */
  PortName make(VnicSpec spec, int mtu, Wiring wiring, Optional<NetworkNamespace> zone) {
    try (Undo undo = new Undo()) {
      Link port = createPair(spec, mtu, zone);
      int ifindex = port.index();
      undo.push(() -> forget(ifindex));
      undo.push(() -> links.delete(ifindex));
      links.addAltName(ifindex, altName(spec.key()));
      host.keepOff(ifindex, port.name());
      filters.attachToPort(ifindex);
      guard.admit(ifindex, spec);
      table.connect(ifindex, wiring.record());
      undo.push(() -> table.withdraw(List.of(ifindex)));
      links.setUp(ifindex);
      raiseZoneEnd(port, zone);
      table.announce(ifindex, wiring);
      undo.keep();
      return new PortName(ifindex, port.name());
    }
  }

  /**
   * Changes what a VNIC is reached by, how, and what its guard enforces. While the protection
   * changes, whichever of the two hand-overs shows the guard more is in force.
   *
   * @throws LinkException if one of its addresses is another's; nothing has changed
   */
  void rewire(int ifindex, VnicSpec spec, Wiring wiring) {
    table.refuseTaken(wiring, ifindex);
    Delivery before =
        table.owner(wiring.switchId(), wiring.macs().primary()).orElseThrow().delivery();
    try (Undo undo = new Undo()) {
      table.extend(ifindex, wiring.atLeast(before), undo);
      guard.admit(ifindex, spec);
      undo.keep();
    }
    table.confine(ifindex, wiring);
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
        boolean free = e.errno() == Errno.EEXIST && (!isTaken(placed) || removeOrphan(placed));
        if (!free || attempt == NAME_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private boolean isTaken(NewLink end) {
    return where(end, there -> there.find(end.name()).isPresent());
  }

  /** What is left of a VNIC whose port somebody moved to another namespace keeps its name. */
  private boolean removeOrphan(NewLink end) {
    return where(
        end,
        there -> {
          Optional<Link> orphan = there.find(end.name()).filter(link -> isOrphan(end, link));
          orphan.ifPresent(link -> unlessGone(() -> there.delete(link.index())));
          return orphan.isPresent();
        });
  }

  private boolean isOrphan(NewLink wanted, Link end) {
    boolean ours =
        end.linkIndex().isPresent()
            && links
                .find(end.linkIndex().getAsInt())
                .filter(port -> mark.isOn(port) && port.linkIndex().orElse(0) == end.index())
                .isPresent();
    return wanted.namespace().isPresent()
        && end.kind() instanceof LinkKind.Veth
        && end.mac().equals(wanted.mac())
        && !ours;
  }

  private <T> T where(NewLink end, Function<Links, T> verb) {
    if (end.namespace().isEmpty()) {
      return verb.apply(links);
    }
    try (Rtnetlink there = Rtnetlink.open(end.namespace().get())) {
      return verb.apply(there.links());
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
