package io.arbalest.zone.host;

import io.arbalest.antispoof.Guard;
import io.arbalest.antispoof.learn.Binding;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.rtnetlink.Address;
import io.arbalest.linux.rtnetlink.Addresses;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.link.Overlay;
import io.arbalest.overlay.link.Overlays;
import io.arbalest.overlay.link.StartMode;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.LinkStatus;
import io.arbalest.vnic.PortWatch;
import io.arbalest.vnic.Switchboard;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.AddressSpec;
import io.arbalest.zone.Instance;
import io.arbalest.zone.Zone;
import io.arbalest.zone.ZoneException;
import io.arbalest.zone.ZoneSpec;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What a host has in the kernel, and the verbs that change it, each of which happens as a whole or
 * leaves nothing.
 *
 * <p>It belongs to the network namespace of the thread that opens it. Verbs are for one thread at a
 * time; looking is for any.
 */
final class HostKernel implements AutoCloseable {
  private final Instance instance;
  private final Bpffs pins;
  private final Rtnetlink net;
  private final LearningGuard guard;
  private final Switchboard board;
  private final Overlays overlays;
  private final PortReports reports = new PortReports(InstantSource.system());
  private final Map<ZoneName, Zone> zones = new ConcurrentSkipListMap<>();
  private Optional<PortWatch> watch = Optional.empty();

  private HostKernel(Instance instance, Bpffs pins, Rtnetlink net, LearningGuard guard) {
    this.instance = instance;
    this.pins = pins;
    this.net = net;
    this.guard = guard;
    this.board = Switchboard.open(instance.name().text(), pins, guard);
    this.overlays = Overlays.open(instance.name().text());
  }

  /**
   * Opens what is there, and mounts and loads what is not.
   *
   * @param drops is told of what protection drops, from {@link #listen} on
   */
  static HostKernel open(Instance instance, RecentDrops drops) {
    Bpffs pins = Bpffs.mount(instance.bpffs());
    Rtnetlink net = Rtnetlink.open();
    try {
      LearningGuard guard = LearningGuard.open(instance, pins, drops);
      try {
        return new HostKernel(instance, pins, net, guard);
      } catch (RuntimeException e) {
        guard.close();
        throw e;
      }
    } catch (RuntimeException e) {
      net.close();
      throw e;
    }
  }

  Switchboard board() {
    return board;
  }

  Overlays overlays() {
    return overlays;
  }

  Guard guard() {
    return guard.guard();
  }

  /**
   * Learns addresses, hears of drops and watches over ports from now on: every VNIC that exists is
   * known.
   */
  void listen() {
    guard.listen();
    if (watch.isEmpty()) {
      watch = Optional.of(board.watch(reports));
    }
  }

  /** Looks at every port, for what the watch may have missed. */
  void inspect() {
    board.inspect().forEach(reports);
  }

  /** What was done to ports from outside. */
  PortReports reports() {
    return reports;
  }

  /** What VNICs have learned, by VNIC and address. */
  List<Binding> learned() {
    return guard.learned();
  }

  /** What is wrong with learning and with ports, one sentence each. */
  List<String> problems() {
    List<String> problems = new ArrayList<>(guard.problems());
    problems.addAll(reports.broken());
    return problems;
  }

  Optional<Zone> zone(ZoneName name) {
    return Optional.ofNullable(zones.get(name));
  }

  Collection<Zone> zones() {
    return List.copyOf(zones.values());
  }

  /** Whether the host itself has a link of that name and index. */
  boolean hasLink(LinkName name, int index) {
    return net.links().find(index).filter(link -> link.isNamed(name.text())).isPresent();
  }

  void makeZone(ZoneSpec spec) {
    if (!zones.containsKey(spec.name())) {
      zones.put(spec.name(), Zone.create(instance, spec));
    }
  }

  /** Finds a zone that exists as a whole. */
  boolean findZone(ZoneSpec spec) {
    if (zones.containsKey(spec.name())) {
      return true;
    }
    Optional<Zone> found = Zone.find(instance, spec);
    found.ifPresent(zone -> zones.put(spec.name(), zone));
    return found.isPresent();
  }

  void dropZone(ZoneName name) {
    Zone zone = zones.get(name);
    if (zone != null) {
      zone.delete();
      zones.remove(name);
    }
  }

  void makeEtherstub(EtherstubSpec spec) {
    board.addSwitch(spec.name(), spec.mtu());
  }

  void dropSwitch(LinkName name) {
    if (board.switches().containsKey(name)) {
      board.clearUplink(name);
      board.removeSwitch(name);
    }
  }

  /**
   * Makes an overlay and its switch, in the place of one that was found wrong. Its TAP is up only
   * once its frames have somewhere to go.
   */
  void makeOverlay(OverlaySpec spec, StartMode mode) {
    if (overlays.find(spec.name()).isPresent()) {
      dropOverlay(spec.name());
    }
    Overlay overlay = overlays.create(spec, mode);
    try {
      shieldMoreVteps();
      board.addSwitch(spec.name(), overlay.mtu());
      board.setUplink(spec.name(), overlay.ifindex());
      overlay.setUp();
    } catch (RuntimeException e) {
      if (mode == StartMode.STRICT) {
        suppress(e, () -> dropOverlay(spec.name()));
      }
      throw e;
    }
  }

  void dropOverlay(LinkName name) {
    if (board.switches().containsKey(name)) {
      board.clearUplink(name);
    }
    overlays.delete(name);
    dropSwitch(name);
    shieldVteps();
  }

  /** Reads the overlays' directories again, and follows what they say. */
  void reloadOverlays() {
    overlays.list().forEach(Overlay::reload);
    shieldVteps();
  }

  /**
   * Adds the VTEPs of an overlay that is new here. What an earlier daemon said of the overlays that
   * are still to be resumed stays in force.
   */
  private void shieldMoreVteps() {
    Set<InetSocketAddress> all = vteps();
    all.addAll(guard.guard().vteps());
    guard.guard().setVteps(all);
  }

  /** No zone may send to a VTEP of an overlay: neither to ours nor to one that it sends to. */
  private void shieldVteps() {
    guard.guard().setVteps(vteps());
  }

  private Set<InetSocketAddress> vteps() {
    Set<InetSocketAddress> vteps = new HashSet<>();
    for (Overlay overlay : overlays.list()) {
      vteps.add(overlay.spec().listen().address());
      overlay.targets().forEach(target -> vteps.add(target.destination().address()));
    }
    return vteps;
  }

  /** Removes links of overlays that a dead daemon left and nobody wants. */
  void removeOrphans(Collection<LinkName> names) {
    List<LinkName> kept =
        overlays.orphans().stream().filter(name -> !names.contains(name)).toList();
    overlays.removeOrphans(kept);
  }

  void makeVnic(VnicSpec spec) {
    Optional<Zone> zone = spec.key().zone().map(this::require);
    if (zone.isEmpty()) {
      board.addPort(spec);
    } else if (LearningGuard.makesAddresses(spec)) {
      zone.get().makeProbing(() -> board.addPort(spec, zone.get().network()));
    } else {
      board.addPort(spec, zone.get().network());
    }
  }

  private Zone require(ZoneName name) {
    return zone(name).orElseThrow(() -> new ZoneException(name, "does not exist in the kernel"));
  }

  void dropVnics(Collection<VnicKey> keys) {
    Set<VnicKey> existing = board.ports().keySet();
    List<VnicKey> there = keys.stream().filter(existing::contains).toList();
    if (!there.isEmpty()) {
      board.removePorts(there);
    }
  }

  /** Replaces a VNIC's protection in place. */
  void reguard(VnicSpec spec) {
    boolean probing = LearningGuard.makesAddresses(spec);
    spec.key()
        .zone()
        .flatMap(this::zone)
        .ifPresent(zone -> zone.setProbing(spec.key().name(), probing));
    if (!board.adopt(spec)) {
      throw new LinkException(
          LinkStatus.OBJECT_NOT_FOUND, "vnic " + spec.key() + " is not as it was made");
    }
  }

  void addAddresses(AddressSpec spec) {
    inStack(
        spec.vnic(),
        (addresses, end) -> {
          List<IpPrefix> done = new ArrayList<>();
          for (IpPrefix prefix : spec.prefixes()) {
            try {
              addresses.replace(end.index(), prefix);
              done.add(prefix);
            } catch (KernelException e) {
              suppress(e, () -> done.forEach(p -> addresses.delete(end.index(), p)));
              throw e;
            }
          }
          return done;
        });
  }

  void removeAddresses(AddressSpec spec) {
    inStack(
        spec.vnic(),
        (addresses, end) -> {
          spec.prefixes().forEach(prefix -> deleteIfThere(addresses, end, prefix));
          return spec;
        });
  }

  private static void deleteIfThere(Addresses addresses, Link end, IpPrefix prefix) {
    try {
      addresses.delete(end.index(), prefix);
    } catch (KernelException e) {
      if (e.errno() != Errno.EADDRNOTAVAIL) {
        throw e;
      }
    }
  }

  /** The addresses of a VNIC's zone end; empty if there is no such end. */
  Optional<List<Address>> addresses(VnicKey key) {
    try {
      return Optional.of(inStack(key, (addresses, end) -> addresses.list(end.index())));
    } catch (KernelException e) {
      if (e.errno() == Errno.ENODEV) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private interface StackVerb<T> {
    T apply(Addresses addresses, Link end);
  }

  private <T> T inStack(VnicKey key, StackVerb<T> verb) {
    if (key.zone().isEmpty()) {
      return verb.apply(net.addresses(), net.links().get(key.name().text()));
    }
    try (Rtnetlink there = Rtnetlink.open(require(key.zone().get()).network())) {
      return verb.apply(there.addresses(), there.links().get(key.name().text()));
    }
  }

  private static void suppress(RuntimeException failure, Runnable undo) {
    try {
      undo.run();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Lets go of everything and drops the pins of programs and tables: for a host that is empty. */
  void vacate() {
    close();
    guard.prune();
    pins.unmount();
  }

  /** Lets go; everything goes on working except that overlays move no frames meanwhile. */
  @Override
  public void close() {
    watch.ifPresent(PortWatch::close);
    watch = Optional.empty();
    overlays.close();
    board.close();
    guard.close();
    net.close();
    zones.values().forEach(Zone::close);
    zones.clear();
  }
}
