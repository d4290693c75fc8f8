package io.arbalest.vnic;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the switch counted at a port, summed over the CPUs. A frame is counted once, as forwarded or
 * under one reason; a super-frame is one frame.
 *
 * @param outPackets frames from the zone that were forwarded
 * @param outBytes their length with the Ethernet header
 * @param inPackets frames handed to the zone
 * @param inBytes their length with the Ethernet header
 * @param drops frames not forwarded, every reason present
 */
record PortCounters(
    long outPackets, long outBytes, long inPackets, long inBytes, Map<SwitchDrop, Long> drops) {
  static final PortCounters ZERO = decode(List.of());

  PortCounters {
    drops = Collections.unmodifiableMap(new EnumMap<>(drops));
  }

  /** Sums one value for each CPU. */
  static PortCounters decode(List<byte[]> perCpu) {
    Map<SwitchDrop, Long> drops = new EnumMap<>(SwitchDrop.class);
    for (SwitchDrop reason : SwitchDrop.values()) {
      drops.put(reason, sum(perCpu, SwitchLayout.dropOffset(reason)));
    }
    return new PortCounters(
        sum(perCpu, SwitchLayout.COUNTER_OUT_PACKETS),
        sum(perCpu, SwitchLayout.COUNTER_OUT_BYTES),
        sum(perCpu, SwitchLayout.COUNTER_IN_PACKETS),
        sum(perCpu, SwitchLayout.COUNTER_IN_BYTES),
        drops);
  }

  private static long sum(List<byte[]> perCpu, int offset) {
    return perCpu.stream()
        .map(SwitchLayout::wrap)
        .mapToLong((ByteBuffer b) -> b.getLong(offset))
        .sum();
  }

  /** Frames dropped for a reason on their way out of the zone, or into it. */
  long dropped(boolean atReceiver) {
    return drops.entrySet().stream()
        .filter(entry -> entry.getKey().atReceiver() == atReceiver)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
