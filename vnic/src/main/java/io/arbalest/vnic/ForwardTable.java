package io.arbalest.vnic;

import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.GracePeriod;
import io.arbalest.linux.bpf.UpdateMode;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which address leads to which port.
 *
 * <p>Most addresses are one port's alone. A shared one leads to whichever port last sent from it:
 * the switch program moves its entry, bounded by the rights to it that are kept here, one for each
 * port and address. While anybody has a right to it, it leads to one of those.
 */
final class ForwardTable {
  private final BpfMap entries;
  private final BpfMap rights;
  private final BpfMap ports;

  ForwardTable(SwitchMaps maps) {
    this.ports = maps.ports();
    this.entries = maps.forward();
    this.rights = maps.shared();
  }

  /** The port that an address leads to. */
  Optional<ForwardEntry> find(ForwardKey key) {
    return entries.lookup(key.encode()).map(ForwardEntry::decode);
  }

  /**
   * Refuses addresses that another port of the switch has. It may share those of virtual routers.
   *
   * @param ifindex the port that asks; 0 if it is not made yet
   * @throws LinkException if one is taken
   */
  void refuseTaken(LinkName over, Wiring wiring, int ifindex) {
    for (MacAddress mac : wiring.macs().own()) {
      refuse(mac, over, find(wiring.key(mac)).filter(e -> e.shared() || e.ifindex() != ifindex));
    }
    for (MacAddress mac : wiring.macs().shared()) {
      refuse(mac, over, find(wiring.key(mac)).filter(e -> !e.shared() && e.ifindex() != ifindex));
    }
  }

  private static void refuse(MacAddress mac, LinkName over, Optional<ForwardEntry> taken) {
    if (taken.isPresent()) {
      throw PortMacs.inUse(mac, over);
    }
  }

  /** Makes every address of the wiring lead to the port; what led to it before still does. */
  void enter(int ifindex, Wiring wiring, Undo undo) {
    ForwardEntry own = ForwardEntry.of(ifindex, wiring.delivery());
    for (MacAddress mac : wiring.macs().own()) {
      put(entries, wiring.key(mac), own, undo);
    }
    ForwardEntry mine = new ForwardEntry(ifindex, wiring.delivery(), true);
    for (MacAddress mac : wiring.macs().shared()) {
      put(rights, right(ifindex, mac), mine, undo);
      enterShared(wiring.key(mac), mine, undo);
    }
  }

  /** A right is found by the port in the place of the switch. */
  private static ForwardKey right(int ifindex, MacAddress mac) {
    return new ForwardKey(ifindex, 0, mac);
  }

  /** Between the look and the change the entry may move: then the next frame moves it again. */
  private void enterShared(ForwardKey key, ForwardEntry mine, Undo undo) {
    Optional<ForwardEntry> now = find(key);
    if (now.isEmpty() || now.get().ifindex() == mine.ifindex()) {
      put(entries, key, mine, undo);
    }
  }

  private static void put(BpfMap map, ForwardKey key, ForwardEntry wanted, Undo undo) {
    byte[] bytes = key.encode();
    Optional<byte[]> before = map.lookup(bytes);
    if (before.map(ForwardEntry::decode).filter(wanted::equals).isEmpty()) {
      map.update(bytes, wanted.encode());
      undo.push(() -> restore(map, bytes, before));
    }
  }

  private static void restore(BpfMap map, byte[] key, Optional<byte[]> before) {
    before.ifPresentOrElse(value -> map.update(key, value), () -> map.delete(key));
  }

  /** Takes away what leads to the port beyond the addresses of the wiring. */
  void confine(int ifindex, Wiring wiring) {
    Set<MacAddress> shared = wiring.macs().shared();
    List<MacAddress> own = wiring.macs().own();
    dropRights(ifindex, mac -> !shared.contains(mac));
    dropEntries(
        (key, entry) ->
            entry.ifindex() == ifindex
                && !(entry.shared() ? shared.contains(key.mac()) : own.contains(key.mac())));
  }

  /** Takes away all that leads to a port. */
  void remove(int ifindex, PortRecord record) {
    if (record.has(SwitchLayout.PORT_MORE_MACS)) {
      dropRights(ifindex, mac -> true);
      dropEntries((key, entry) -> entry.ifindex() == ifindex);
    } else if (find(record.forwardKey()).filter(e -> e.ifindex() == ifindex).isPresent()) {
      entries.delete(record.forwardKey().encode());
    }
  }

  /** Takes away what leads to interfaces that are not there any more. */
  void retain(Set<Integer> alive) {
    rights.forEach(
        (key, value) -> {
          if (!alive.contains(ForwardEntry.decode(value).ifindex())) {
            rights.delete(key);
          }
        });
    dropEntries((key, entry) -> !alive.contains(entry.ifindex()));
  }

  /** When it returns, no program puts such an entry up any more. */
  private void dropRights(int ifindex, Predicate<MacAddress> unwanted) {
    List<byte[]> gone = new ArrayList<>();
    for (byte[] key : rights.keys()) {
      ForwardKey right = ForwardKey.decode(key);
      if (right.switchId() == ifindex && unwanted.test(right.mac())) {
        gone.add(key);
      }
    }
    gone.forEach(rights::delete);
    if (!gone.isEmpty()) {
      GracePeriod.await();
    }
  }

  private interface Unwanted {
    boolean test(ForwardKey key, ForwardEntry entry);
  }

  private void dropEntries(Unwanted unwanted) {
    entries.forEach(
        (bytes, value) -> {
          ForwardKey key = ForwardKey.decode(bytes);
          ForwardEntry entry = ForwardEntry.decode(value);
          if (unwanted.test(key, entry)) {
            entries.delete(bytes);
            handOver(key);
          }
        });
  }

  /** A shared address that leads nowhere now leads to another that may have it, if there is one. */
  private void handOver(ForwardKey address) {
    for (byte[] key : rights.keys()) {
      ForwardKey right = ForwardKey.decode(key);
      if (right.mac().equals(address.mac()) && isIn(address.switchId(), right.switchId())) {
        rights.lookup(key).ifPresent(value -> createUnlessThere(address, value));
      }
    }
  }

  private boolean isIn(int switchId, int ifindex) {
    return ports
        .lookup(SwitchTable.key(ifindex))
        .map(PortRecord::decode)
        .filter(record -> record.switchId() == switchId)
        .isPresent();
  }

  private void createUnlessThere(ForwardKey address, byte[] value) {
    try {
      entries.update(address.encode(), value, UpdateMode.CREATE);
    } catch (KernelException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
  }
}
