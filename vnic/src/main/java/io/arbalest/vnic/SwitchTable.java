package io.arbalest.vnic;

import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.UpdateMode;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
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

  SwitchTable(SwitchMaps maps) {
    this.maps = maps;
  }

  private static byte[] key(int number) {
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
    SwitchRecord now = get(id);
    put(id, new SwitchRecord(now.name(), mtu, now.uplink(), now.members()));
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

  /** The port that has an address in a switch. */
  Optional<ForwardEntry> owner(int switchId, MacAddress mac) {
    byte[] key = new ForwardKey(switchId, 0, mac).encode();
    return maps.forward().lookup(key).map(ForwardEntry::decode);
  }

  /** From now on frames that come in by the interface are switched; its counters start at zero. */
  void connect(int ifindex, PortRecord record) {
    maps.counters().update(key(ifindex), new byte[SwitchLayout.COUNTERS_SIZE]);
    maps.ports().update(key(ifindex), record.encode());
  }

  /**
   * From now on frames reach the port.
   *
   * @param port the port of a VNIC
   * @throws LinkException if its address is another's in that switch, or the switch is full
   */
  void announce(ForwardEntry port) {
    PortRecord record = port(port.ifindex()).orElseThrow();
    try {
      maps.forward().update(record.forwardKey().encode(), port.encode(), UpdateMode.CREATE);
    } catch (KernelException e) {
      throw e.errno() == Errno.EEXIST ? addressInUse(record) : e;
    }
    put(record.switchId(), get(record.switchId()).with(port.ifindex()));
  }

  private LinkException addressInUse(PortRecord record) {
    return new LinkException(
        LinkStatus.MAC_ADDRESS_IN_USE, record.mac() + " over " + get(record.switchId()).name());
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
  }

  private void forgetPort(int ifindex) {
    port(ifindex).ifPresent(record -> forgetAddress(ifindex, record));
    maps.ports().delete(key(ifindex));
  }

  private void forgetAddress(int ifindex, PortRecord record) {
    byte[] key = record.forwardKey().encode();
    boolean its =
        maps.forward()
            .lookup(key)
            .map(ForwardEntry::decode)
            .filter(entry -> entry.ifindex() == ifindex)
            .isPresent();
    if (its) {
      maps.forward().delete(key);
    }
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
    maps.forward().forEach((key, value) -> retainAddress(key, value, alive));
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

  private void retainAddress(byte[] key, byte[] value, Set<Integer> alive) {
    if (!alive.contains(ForwardEntry.decode(value).ifindex())) {
      maps.forward().delete(key);
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
