package io.arbalest.linux.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.testing.Census;
import io.arbalest.testing.Privileged;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That nothing is left behind is for the census around each test to say. */
@Privileged
class ProbesKernelTest {
  static Stream<Arguments> probes() {
    return Stream.of(
        Arguments.of("filter", (Runnable) FilterProbe::run),
        Arguments.of("loop", (Runnable) LoopProbe::run),
        Arguments.of("ring buffer", (Runnable) RingBufferProbe::run),
        Arguments.of("namespaces", (Runnable) ZoneNamespacesProbe::run),
        Arguments.of("tap", (Runnable) TapProbe::run),
        Arguments.of("segmentation", (Runnable) SegmentationProbe::run));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("probes")
  void shouldLeaveNothingOnAKernelThatCan(String name, Runnable probe) {
    assertThat(name).isNotEmpty();
    Census before = Census.take();
    probe.run();
    probe.run();
    Census.awaitSame(before);
  }

  /** A link of the name that a probe uses aside is in nobody's way. */
  @Test
  void shouldNotMindWhatIsThere() {
    try (NetworkNamespace here = NetworkNamespace.create();
        Rtnetlink net = Rtnetlink.open(here)) {
      here.call(
          () -> {
            FilterProbe.run();
            return true;
          });
      assertThat(net.traffic().hasClsact(1)).isFalse();
    }
  }
}
