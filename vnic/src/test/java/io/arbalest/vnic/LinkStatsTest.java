package io.arbalest.vnic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LinkStatsTest {
  private static final PortCounters SWITCHED =
      new PortCounters(
          10, 1000, 20, 2000, Map.of(SwitchDrop.UNKNOWN_UNICAST, 5L, SwitchDrop.COPY_FAILED, 3L));

  @Test
  void shouldCountDropsAsErrorsOfTheirDirection() {
    LinkStats stats =
        LinkStats.of(SWITCHED, new TreeMap<>(Map.of("source-mac", 2L, "zero", 0L)), 0);
    assertThat(stats.in()).isEqualTo(new LinkStats.Traffic(20, 2000, 3));
    assertThat(stats.out()).isEqualTo(new LinkStats.Traffic(10, 1000, 7));
    assertThat(stats.drops())
        .isEqualTo(
            Map.of(
                "copy-failed", 3L,
                "not-received", 0L,
                "source-mac", 2L,
                "unknown-unicast", 5L,
                "zero", 0L));
  }

  @Test
  void shouldTakeWhatWasDroppedOnTheWayToTheZoneOffWhatWasHandedOn() {
    LinkStats stats =
        LinkStats.of(SWITCHED, new TreeMap<>(Map.of("rx-ra-guard", 4L, "source-mac", 2L)), 5);
    assertThat(stats.in()).isEqualTo(new LinkStats.Traffic(11, 2000, 12));
    assertThat(stats.out()).isEqualTo(new LinkStats.Traffic(10, 1000, 7));
    assertThat(stats.drops()).containsEntry("not-received", 5L).containsEntry("rx-ra-guard", 4L);
  }

  @Test
  void shouldNotGoBelowZeroWhenReadWhileFramesPass() {
    LinkStats stats = LinkStats.of(SWITCHED, new TreeMap<>(Map.of("rx-foreign", 21L)), 0);
    assertThat(stats.in().packets()).isZero();
  }
}
