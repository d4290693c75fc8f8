package io.arbalest.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.overlay.OverlayCounters.Snapshot;
import io.arbalest.overlay.link.OverlayStatistics;
import org.junit.jupiter.api.Test;

final class OverlayCountersTest {
  private final OverlayCounters counters = new OverlayCounters();

  @Test
  void shouldBeBalancedOnlyIfEveryFrameIsAccountedFor() {
    counters.add(FrameCount.OUT_FRAMES, 6);
    counters.add(FrameCount.OUT_SENT, 3);
    counters.add(FrameCount.OUT_ANSWERED, 1);
    counters.drop(DropReason.NO_BUFFER, 2);
    assertThat(counters.snapshot().isBalanced()).isTrue();

    counters.drop(DropReason.RUNT, 1);
    assertThat(counters.snapshot().isBalanced()).isFalse();
    counters.add(FrameCount.IN_FRAMES, 1);
    assertThat(counters.snapshot().isBalanced()).isTrue();
  }

  @Test
  void shouldStayBalancedWithWhatTheKernelDropped() {
    counters.add(FrameCount.IN_FRAMES, 2);
    counters.add(FrameCount.IN_DELIVERED, 2);

    Snapshot with =
        counters.snapshot().with(DropReason.SOCKET_FULL, 5).with(DropReason.QUEUE_FULL, 7);

    assertThat(with.isBalanced()).isTrue();
    assertThat(with.get(FrameCount.IN_FRAMES)).isEqualTo(7);
    assertThat(with.get(FrameCount.OUT_FRAMES)).isEqualTo(7);
    assertThat(with.dropped(DropReason.Direction.IN)).isEqualTo(5);
    assertThat(counters.get(DropReason.SOCKET_FULL)).isZero();
  }

  @Test
  void shouldNameEveryCounter() {
    counters.drop(DropReason.UNKNOWN_VNI, 2);
    Snapshot none = new OverlayCounters().snapshot();

    assertThat(new OverlayStatistics(none, counters.snapshot()).byName())
        .hasSize(FrameCount.values().length + DropReason.values().length)
        .containsEntry("out-frames", 0L)
        .containsEntry("drop/unknown-vni", 2L)
        .containsEntry("drop/wrong-outer-source", 0L);
  }
}
