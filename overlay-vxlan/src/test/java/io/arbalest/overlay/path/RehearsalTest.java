package io.arbalest.overlay.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.overlay.FrameCount;
import io.arbalest.overlay.OverlayCounters;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Test
  void shouldGoAllTheWayAsRealFramesDo() {
    OverlayCounters counters = new Rehearsal(Arena.ofAuto()).play(3);
    assertThat(counters.snapshot().isBalanced()).isTrue();
    assertThat(counters.get(FrameCount.OUT_SENT)).isEqualTo(3 * (20 + 64));
    assertThat(counters.get(FrameCount.IN_DELIVERED)).isEqualTo(3 * (20 + 64));
    assertThat(counters.get(FrameCount.IN_WRITES)).as("joined: checksums right").isEqualTo(3 * 2);
    assertThat(counters.get(FrameCount.OUT_SENDS)).isEqualTo(3 * 2);
  }
}
