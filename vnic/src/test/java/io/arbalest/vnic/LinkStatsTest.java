package io.arbalest.vnic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LinkStatsTest {
  @Test
  void shouldCountDropsAsErrorsOfTheirDirection() {
    Map<SwitchDrop, Long> switchDrops = new EnumMap<>(SwitchDrop.class);
    switchDrops.put(SwitchDrop.UNKNOWN_UNICAST, 5L);
    switchDrops.put(SwitchDrop.COPY_FAILED, 3L);
    PortCounters switched = new PortCounters(10, 1000, 20, 2000, switchDrops);
    LinkStats stats = LinkStats.of(switched, new TreeMap<>(Map.of("macspoofed", 2L, "zero", 0L)));
    assertThat(stats.in()).isEqualTo(new LinkStats.Traffic(20, 2000, 3));
    assertThat(stats.out()).isEqualTo(new LinkStats.Traffic(10, 1000, 7));
    assertThat(stats.drops())
        .isEqualTo(Map.of("copy-failed", 3L, "macspoofed", 2L, "unknown-unicast", 5L, "zero", 0L));
  }
}
