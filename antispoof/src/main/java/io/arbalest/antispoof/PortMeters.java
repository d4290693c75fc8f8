package io.arbalest.antispoof;

import io.arbalest.antispoof.Report.Pace;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.BpfObjects;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is counted at each port, and how fast it may report. */
final class PortMeters {
  private final BpfMap drops;
  private final BpfMap pace;

  PortMeters(BpfObjects maps) {
    this.drops = maps.map(GuardMaps.DROPS.name());
    this.pace = maps.map(GuardMaps.PACE.name());
  }

  /** Removes the meters of ports that are none of these, and sees that unknown ports have some. */
  void recover(Set<Integer> ports) {
    for (BpfMap map : new BpfMap[] {drops, pace}) {
      map.keys().stream()
          .filter(key -> PolicyCodec.port(key) != GuardMaps.UNKNOWN_PORT)
          .filter(key -> !ports.contains(PolicyCodec.port(key)))
          .forEach(map::delete);
    }
    byte[] unknown = PolicyCodec.port(GuardMaps.UNKNOWN_PORT);
    if (drops.lookupPerCpu(unknown).isEmpty() || pace.lookup(unknown).isEmpty()) {
      reset(GuardMaps.UNKNOWN_PORT);
    }
  }

  void reset(int ifindex) {
    drops.update(PolicyCodec.port(ifindex), new byte[GuardMaps.DROPS.valueSize()]);
    pace.update(PolicyCodec.port(ifindex), new byte[GuardMaps.PACE.valueSize()]);
  }

  void forget(int ifindex) {
    drops.delete(PolicyCodec.port(ifindex));
    pace.delete(PolicyCodec.port(ifindex));
  }

  SortedMap<String, Long> drops(int ifindex) {
    long[] sums = drops.sums(PolicyCodec.port(ifindex));
    SortedMap<String, Long> named = new TreeMap<>();
    for (DropReason reason : DropReason.values()) {
      named.put(reason.label(), sums[reason.number()]);
    }
    return named;
  }

  Unreported unreported(int ifindex) {
    byte[] value =
        pace.lookup(PolicyCodec.port(ifindex))
            .orElseGet(() -> new byte[GuardMaps.PACE.valueSize()]);
    ByteBuffer words = ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
    return new Unreported(
        words.getLong(Report.EVENT.pace() + Pace.SUPPRESSED),
        words.getLong(Report.EVENT.pace() + Pace.LOST),
        words.getLong(Report.NOTE.pace() + Pace.SUPPRESSED),
        words.getLong(Report.NOTE.pace() + Pace.LOST));
  }
}
