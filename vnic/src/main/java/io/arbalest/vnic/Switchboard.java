package io.arbalest.vnic;

import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Change;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.sys.KernelException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The switches of one daemon instance and the VNICs plugged into them.
 *
 * <p>It belongs to the network namespace of the thread that opens it, and is then usable from any
 * thread; changes are made one at a time. All that matters is in the kernel: {@link #close} lets go
 * of descriptors and nothing else, traffic goes on, and a switchboard opened on the same pins finds
 * everything as it was. Opening replaces outdated programs in place; {@link #sweep} removes what a
 * killed process left half done; {@link #adopt} tells whether a VNIC is already as wanted.
 *
 * <p>Methods throw {@link LinkException} when the request cannot be, and {@link KernelException}
 * with the kernel's words when the kernel refuses; a VNIC is then either made whole or not at all.
 */
public final class Switchboard implements AutoCloseable {
  private final PortGuard guard;
  private final Rtnetlink net;
  private final SwitchMaps maps;
  private final SwitchTable table;
  private final BpfProgram program;
  private final PortFilters filters;
  private final PortSurvey survey;
  private final PortMaker maker;
  private final Uplinks uplinks;
  private final NetworkNamespace home;

  /** Held while kernel state changes, or {@link #ports} or {@link #switchIds} is used. */
  private final ReentrantLock lock = new ReentrantLock();

  private final SortedMap<LinkName, Integer> switchIds = new TreeMap<>();

  private final PortRoll ports;

  private Switchboard(
      OwnerMark mark,
      PortGuard guard,
      NetworkNamespace home,
      Rtnetlink net,
      SwitchMaps maps,
      BpfProgram program) {
    this.guard = guard;
    this.home = home;
    this.net = net;
    this.maps = maps;
    this.table = new SwitchTable(maps);
    this.program = program;
    this.filters = new PortFilters(net.traffic(), guard, program);
    this.survey = new PortSurvey(net.links(), mark, table, filters);
    HostStack host = new HostStack(home, net.links());
    this.maker = new PortMaker(net.links(), mark, guard, filters, table, host);
    this.uplinks = new Uplinks(net.links(), filters, table);
    this.ports = new PortRoll(new PortKeeper(net.links(), mark, filters));
  }

  /**
   * Opens the switchboard of an instance in the calling thread's network namespace.
   *
   * @param instance marks what belongs to it; two in one namespace must differ
   * @param pins where tables and program are pinned, for this instance alone
   * @param guard stays the caller's to close, after this
   */
  public static Switchboard open(String instance, Bpffs pins, PortGuard guard) {
    OwnerMark mark = new OwnerMark(instance);
    try (Undo undo = new Undo()) {
      NetworkNamespace home = NetworkNamespace.current();
      undo.push(home::close);
      Rtnetlink net = Rtnetlink.open();
      undo.push(net::close);
      SwitchMaps maps = SwitchMaps.open(pins);
      undo.push(maps::close);
      BpfProgram program = maps.program(pins, guard.passMark());
      undo.push(program::close);
      Switchboard board = new Switchboard(mark, guard, home, net, maps, program);
      board.resume();
      undo.keep();
      return board;
    }
  }

  /** Learns which ports there are, and brings their programs up to date without a gap. */
  private void resume() {
    List<Link> links = survey.links();
    maker.nameAfter(links);
    ports.read(links, survey);
    table.switches().forEach((id, record) -> switchIds.put(record.name(), id));
    ports.refilter(table);
    uplinks.inspect();
    table.resume();
  }

  /**
   * Removes what belongs to no VNIC any more: half-made and half-removed ports, and what tables and
   * guard keep about ports that went away with their zone. Says how many links it removed.
   */
  public int sweep() {
    return locked(
        () -> {
          List<Link> links = survey.links();
          List<Integer> remnants =
              links.stream().filter(survey::isRemnant).map(Link::index).toList();
          maker.remove(remnants);
          ports.read(links, survey);
          Set<Integer> alive = survey.alive(links);
          table.retain(alive);
          Set<Integer> forgotten = new HashSet<>(guard.ports());
          forgotten.removeAll(alive);
          forgotten.forEach(guard::forget);
          return remnants.size();
        });
  }

  /** The switches as the kernel has them. */
  public SortedMap<LinkName, SwitchFacts> switches() {
    SortedMap<LinkName, SwitchFacts> facts = new TreeMap<>();
    table.switches().values().forEach(record -> facts.put(record.name(), record.facts()));
    return facts;
  }

  /** The VNICs' ports as the kernel has them, found by their marks. */
  public SortedMap<VnicKey, PortFacts> ports() {
    return locked(survey::ports);
  }

  /**
   * Makes the switch of a lower link. If there is one it stays, and gets the MTU.
   *
   * @param mtu the largest that its VNICs may have, in bytes
   */
  public void addSwitch(LinkName name, int mtu) {
    locked(
        () -> {
          Integer id = switchIds.get(name);
          if (id != null) {
            table.setMtu(id, mtu);
          } else {
            switchIds.put(name, table.create(name, mtu));
          }
          return name;
        });
  }

  /**
   * Removes a switch.
   *
   * @throws LinkException {@code link busy} if it has VNICs or an uplink
   */
  public void removeSwitch(LinkName name) {
    locked(
        () -> {
          int id = requireId(name);
          SwitchRecord record = table.find(id).orElseThrow();
          if (!record.members().isEmpty() || record.uplink() != 0) {
            throw new LinkException(
                LinkStatus.LINK_BUSY, name + " has VNICs or an uplink: remove them first");
          }
          table.delete(id);
          switchIds.remove(name);
          return name;
        });
  }

  private int requireId(LinkName name) {
    Integer id = switchIds.get(name);
    if (id == null) {
      throw new LinkException(LinkStatus.OBJECT_NOT_FOUND, "no switch " + name);
    }
    return id;
  }

  /**
   * Gives a switch a way out, in the place of the one it had: unknown unicast and a copy of group
   * frames go there, and what comes in there is switched.
   *
   * @param ifindex a TAP of this namespace that nothing else reads frames from
   */
  public void setUplink(LinkName name, int ifindex) {
    locked(
        () -> {
          uplinks.set(requireId(name), ifindex);
          return name;
        });
  }

  /** Takes a switch's way out away; nothing happens if it has none. The TAP itself stays. */
  public void clearUplink(LinkName name) {
    locked(
        () -> {
          uplinks.clear(requireId(name));
          return name;
        });
  }

  /**
   * Makes a VNIC with its zone end in a zone's namespace, protected and up.
   *
   * @param zone the network namespace of the zone that the spec names
   * @throws LinkException if the VNIC exists, its MAC address is taken, its MTU is too large, or
   *     the lower link has no switch or no room
   */
  public PortFacts addPort(VnicSpec spec, NetworkNamespace zone) {
    return add(spec, Optional.of(zone));
  }

  /** Makes a VNIC of the global zone: its zone end stays in this namespace. */
  public PortFacts addPort(VnicSpec spec) {
    return add(spec, Optional.empty());
  }

  private PortFacts add(VnicSpec spec, Optional<NetworkNamespace> zone) {
    if (spec.key().zone().isPresent() != zone.isPresent()) {
      throw new IllegalArgumentException(
          spec.key() + " needs its zone's namespace, and a VNIC of the global zone needs none");
    }
    return locked(
        () -> {
          int id = requireId(spec.over());
          int mtu = spec.effectiveMtu(table.find(id).orElseThrow().mtu());
          Wiring wiring = Wiring.of(id, spec, guard);
          refuseDuplicate(spec, wiring);
          PortName port = maker.make(spec, mtu, wiring, zone);
          ports.add(spec.key(), port);
          return survey.facts(spec.key(), net.links().get(port.ifindex()));
        });
  }

  private void refuseDuplicate(VnicSpec spec, Wiring wiring) {
    Optional<PortName> known = ports.find(spec.key());
    if (known.flatMap(port -> net.links().find(port.ifindex())).isPresent()) {
      throw new LinkException(LinkStatus.OBJECT_ALREADY_EXISTS, spec.key().toString());
    }
    known.ifPresent(port -> forget(spec.key()));
    table.refuseTaken(wiring, 0);
  }

  /** Drops what is known of a port that is not there any more. */
  private void forget(VnicKey key) {
    maker.remove(List.of(ports.require(key)));
    ports.remove(key);
  }

  /**
   * Takes a VNIC as it is if the kernel has just what the spec wants, and installs the spec's
   * protection in the place of what was in force.
   *
   * <p>What leads to it and how it is handed over change from one frame to the next; while the
   * protection changes, whichever of the two hand-overs shows the guard more is in force.
   *
   * @return false, with nothing changed, if there is no such VNIC or it differs
   * @throws LinkException if one of its further addresses is another's; nothing has changed
   */
  public boolean adopt(VnicSpec spec) {
    return locked(
        () -> {
          Optional<Link> port =
              ports.find(spec.key()).flatMap(known -> net.links().find(known.ifindex()));
          Optional<SwitchRecord> lower =
              Optional.ofNullable(switchIds.get(spec.over())).flatMap(table::find);
          if (port.isEmpty() || lower.isEmpty()) {
            return false;
          }
          PortFacts facts = survey.facts(spec.key(), port.get());
          if (!facts.satisfies(spec, lower.get().mtu())) {
            return false;
          }
          maker.rewire(facts.ifindex(), spec, Wiring.of(requireId(spec.over()), spec, guard));
          return true;
        });
  }

  /**
   * Removes a VNIC, both ends.
   *
   * @throws LinkException {@code object not found} if there is none
   */
  public void removePort(VnicKey key) {
    removePorts(List.of(key));
  }

  /**
   * Removes VNICs together, which takes hardly longer than removing one.
   *
   * @throws LinkException {@code object not found} if one does not exist; none is removed then
   */
  public void removePorts(Collection<VnicKey> keys) {
    locked(
        () -> {
          List<Integer> indexes = keys.stream().map(ports::require).toList();
          maker.remove(indexes);
          keys.forEach(ports::remove);
          return indexes;
        });
  }

  /** What passed a VNIC and what was dropped, since it was made. */
  public LinkStats stats(VnicKey key) {
    return locked(
        () -> {
          int ifindex = ports.require(key);
          long lost = net.links().find(ifindex).map(l -> l.statistics().sendDrops()).orElse(0L);
          return LinkStats.of(table.counters(ifindex), guard.drops(ifindex), lost);
        });
  }

  /**
   * What passed a switch's uplink: out of it into the switch, and in to it from the switch.
   *
   * @throws LinkException {@code object not found} if there is no such switch or it has no uplink
   */
  public LinkStats uplinkStats(LinkName name) {
    return locked(
        () -> {
          int uplink = table.find(requireId(name)).orElseThrow().uplink();
          if (uplink == 0) {
            throw new LinkException(LinkStatus.OBJECT_NOT_FOUND, name + " has no uplink");
          }
          return LinkStats.of(table.counters(uplink), new TreeMap<>(), 0);
        });
  }

  /**
   * Looks at every port and uplink, repairs what somebody from outside did to one, filters first,
   * and says what it found: nothing, on a good day. A VNIC whose port is lost is forgotten here, so
   * that it can be made again.
   */
  public List<PortReport> inspect() {
    return locked(
        () -> {
          List<PortReport> reports = new ArrayList<>(forgetLost(ports.inspect()));
          reports.addAll(uplinks.inspect());
          return reports;
        });
  }

  /** Looks at the ports that something happened to. */
  List<PortReport> inspect(List<Change> changes) {
    return locked(() -> forgetLost(ports.inspect(changes)));
  }

  private List<PortReport> forgetLost(List<PortReport> reports) {
    reports.stream().flatMap(report -> report.lost().stream()).forEach(this::forget);
    return reports;
  }

  /**
   * Watches over the ports until the result is closed, which has to be before this.
   *
   * @param listener told what was found and done, by a thread of the watch
   */
  public PortWatch watch(Consumer<PortReport> listener) {
    return PortWatch.start(this, home, listener);
  }

  private interface Action<T> {
    T run();
  }

  private <T> T locked(Action<T> action) {
    lock.lock();
    try {
      return action.run();
    } finally {
      lock.unlock();
    }
  }

  /** Closes descriptors; switches, VNICs and traffic stay. */
  @Override
  public void close() {
    locked(
        () -> {
          program.close();
          maps.close();
          net.close();
          home.close();
          return ports;
        });
  }
}
