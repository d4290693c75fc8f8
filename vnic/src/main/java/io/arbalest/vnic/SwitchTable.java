package io.arbalest.vnic;

import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.UpdateMode;
import io.arbalest.linux.net.MacAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The switches of one daemon and what is plugged into them: every change of the tables, in the
 * order that keeps a frame from being switched by half an entry.
 *
 * <p>A port is <em>connected</em> when its frames are switched and <em>announced</em> when frames
 * reach it. Nothing is kept here: each question is answered by the kernel's tables. One thread at a
 * time may change them; {@link Switchboard} sees to that.
 */
final class SwitchTable {
  private final SwitchMaps maps;
  private final ForwardTable forward;

  SwitchTable(SwitchMaps maps) {
    this.maps = maps;
    this.forward = new ForwardTable(maps);
  }

  static byte[] key(int number) {
    byte[] key = new byte[Integer.BYTES];
    SwitchLayout.wrap(key).putInt(0, number);
    return key;
  }

  private static int number(byte[] key) {
    return SwitchLayout.wrap(key).getInt(0);
  }

  /** Every switch by its number. */
  SortedMap<Integer, SwitchRecord> switches() {
    SortedMap<Integer, SwitchRecord> all = new TreeMap<>();
    maps.switches().forEach((id, value) -> all.put(number(id), SwitchRecord.decode(value)));
    return all;
  }

  Optional<SwitchRecord> find(int id) {
    return maps.switches().lookup(key(id)).map(SwitchRecord::decode);
  }

  private SwitchRecord get(int id) {
    return find(id)
        .orElseThrow(() -> new LinkException(LinkStatus.OBJECT_NOT_FOUND, "switch number " + id));
  }

  /** A new switch; its number is the lowest that is free. */
  int create(LinkName name, int mtu) {
    Set<Integer> taken = switches().keySet();
    int id = 1;
    while (taken.contains(id)) {
      id++;
    }
    maps.switches().update(key(id), SwitchRecord.empty(name, mtu).encode(), UpdateMode.CREATE);
    return id;
  }

  void setMtu(int id, int mtu) {
    put(id, get(id).withMtu(mtu));
  }

  private void put(int id, SwitchRecord record) {
    maps.switches().update(key(id), record.encode(), UpdateMode.REPLACE);
  }

  void delete(int id) {
    maps.switches().delete(key(id));
  }

  /** Every port and uplink by its interface index. */
  SortedMap<Integer, PortRecord> ports() {
    SortedMap<Integer, PortRecord> all = new TreeMap<>();
    maps.ports().forEach((ifindex, value) -> all.put(number(ifindex), PortRecord.decode(value)));
    return all;
  }

  Optional<PortRecord> port(int ifindex) {
    return maps.ports().lookup(key(ifindex)).map(PortRecord::decode);
  }

  /** The port that an address leads to in a switch. */
  Optional<ForwardEntry> owner(int switchId, MacAddress mac) {
    return forward.find(new ForwardKey(switchId, 0, mac));
  }

  /**
   * Refuses a wiring whose addresses are another port's in that switch.
   *
   * @param ifindex the port that it is for; 0 if that is not made yet
   * @throws LinkException naming the address
   */
  void refuseTaken(Wiring wiring, int ifindex) {
    forward.refuseTaken(get(wiring.switchId()).name(), wiring, ifindex);
  }

  /** From now on frames that come in by the interface are switched; its counters start at zero. */
  void connect(int ifindex, PortRecord record) {
    boolean watched = find(record.switchId()).filter(SwitchRecord::watched).isPresent();
    maps.counters().update(key(ifindex), new byte[SwitchLayout.COUNTERS_SIZE]);
    putPort(ifindex, record.with(SwitchLayout.PORT_WATCHED, watched));
  }

  private void putPort(int ifindex, PortRecord record) {
    maps.ports().update(key(ifindex), record.encode());
  }

  /**
   * From now on frames reach a connected port.
   *
   * @throws LinkException if an address is another's in that switch, or the switch is full
   */
  void announce(int ifindex, Wiring wiring) {
    refuseTaken(wiring, ifindex);
    try (Undo undo = new Undo()) {
      forward.enter(ifindex, wiring, undo);
      put(wiring.switchId(), get(wiring.switchId()).with(ifindex));
      undo.keep();
    }
    settleWatching(wiring.switchId(), wiring.watches());
  }

  /**
   * Lets all addresses of a wiring lead to a port that is announced already, each from one frame to
   * the next; what led to it before still does.
   */
  void extend(int ifindex, Wiring wiring, Undo undo) {
    PortRecord before = port(ifindex).orElseThrow();
    int kept = before.flags() & ~SwitchLayout.PORT_WATCHES;
    PortRecord wider = wiring.record().with(kept, true);
    if (!wider.equals(before)) {
      putPort(ifindex, wider);
      undo.push(() -> putPort(ifindex, before));
    }
    forward.enter(ifindex, wiring, undo);
  }

  /** Leaves an extended port what its wiring says, and no more. */
  void confine(int ifindex, Wiring wiring) {
    PortRecord now = port(ifindex).orElseThrow();
    try (Undo undo = new Undo()) {
      forward.enter(ifindex, wiring, undo);
      undo.keep();
    }
    if (now.has(SwitchLayout.PORT_MORE_MACS)) {
      forward.confine(ifindex, wiring);
      int watched = now.flags() & SwitchLayout.PORT_WATCHED;
      putPort(ifindex, wiring.record().with(watched, true));
    }
    settleWatching(wiring.switchId(), wiring.watches());
  }

  /** Finishes what was begun when the last daemon died. */
  void resume() {
    switches().keySet().forEach(id -> settleWatching(id, false));
  }

  /**
   * Tells every port of a switch whether one of them watches. A switch's own mark is set first and
   * taken away last, so whoever comes after a crash knows where to look.
   */
  private void settleWatching(int id, boolean asked) {
    find(id)
        .filter(record -> asked || record.watched())
        .ifPresent(record -> settleWatching(id, record));
  }

  private void settleWatching(int id, SwitchRecord record) {
    boolean watched = record.members().stream().anyMatch(this::watches);
    if (watched && !record.watched()) {
      put(id, record.watched(true));
    }
    record.members().forEach(member -> tell(member, watched));
    tell(record.uplink(), watched);
    if (!watched) {
      put(id, record.watched(false));
    }
  }

  private boolean watches(int ifindex) {
    return port(ifindex).filter(record -> record.has(SwitchLayout.PORT_WATCHES)).isPresent();
  }

  private void tell(int ifindex, boolean watched) {
    port(ifindex)
        .filter(record -> record.has(SwitchLayout.PORT_WATCHED) != watched)
        .ifPresent(record -> putPort(ifindex, record.with(SwitchLayout.PORT_WATCHED, watched)));
  }

  /** From now on no frame reaches the ports, and theirs are dropped; their counters stay. */
  void withdraw(Collection<Integer> ports) {
    Set<Integer> switches = new HashSet<>();
    for (int ifindex : ports) {
      port(ifindex).ifPresent(record -> switches.add(record.switchId()));
    }
    for (int id : switches) {
      find(id).ifPresent(record -> put(id, record.without(ports)));
    }
    ports.forEach(this::forgetPort);
    switches.forEach(id -> settleWatching(id, false));
  }

  private void forgetPort(int ifindex) {
    port(ifindex).ifPresent(record -> forward.remove(ifindex, record));
    maps.ports().delete(key(ifindex));
  }

  /** Ends the counters of a port that is gone. */
  void forgetCounters(int ifindex) {
    maps.counters().delete(key(ifindex));
  }

  /** Makes a connected interface the way out of a switch; 0 for none. */
  void setUplink(int id, int ifindex) {
    put(id, get(id).withUplink(ifindex));
  }

  PortCounters counters(int ifindex) {
    return PortCounters.decode(maps.counters().lookupPerCpu(key(ifindex)));
  }

  /**
   * Removes what the tables say of interfaces that are not there any more; an index can be given to
   * another interface one day.
   *
   * @param alive every interface that is still a port or an uplink of ours
   */
  void retain(Set<Integer> alive) {
    Map<Integer, PortRecord> gone = new HashMap<>(ports());
    gone.keySet().removeAll(alive);
    switches().forEach((id, record) -> retainIn(id, record, alive));
    gone.keySet().forEach(this::forgetPort);
    forward.retain(alive);
    resume();
    retainKeys(maps.counters(), alive);
  }

  private void retainIn(int id, SwitchRecord record, Set<Integer> alive) {
    Set<Integer> gone = new HashSet<>(record.members());
    gone.removeAll(alive);
    SwitchRecord kept = record.without(gone);
    SwitchRecord clean = alive.contains(kept.uplink()) ? kept : kept.withUplink(0);
    if (!clean.equals(record)) {
      put(id, clean);
    }
  }

  private static void retainKeys(BpfMap map, Set<Integer> alive) {
    for (byte[] key : map.keys()) {
      if (!alive.contains(number(key))) {
        map.delete(key);
      }
    }
  }
}
