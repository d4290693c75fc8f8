package io.arbalest.overlay.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.sys.Libc;
import io.netty.channel.SelectStrategy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SpinStrategyTest {
  private final HotPollers hot = new HotPollers();
  private int polls;

  @BeforeAll
  static void loadTheLibrary() {
    Libc.sched_yield();
  }

  @Test
  void shouldLookManyTimesBeforeItSleeps() throws Exception {
    SpinStrategy strategy = new SpinStrategy(hot, 50_000_000);
    assertThat(strategy.calculateStrategy(this::nothing, false)).isEqualTo(SelectStrategy.SELECT);
    assertThat(polls).isGreaterThan(1);
  }

  @Test
  void shouldReturnAsSoonAsThereIsWork() throws Exception {
    SpinStrategy strategy = new SpinStrategy(hot, 10_000_000_000L);
    assertThat(strategy.calculateStrategy(() -> ++polls == 5 ? 3 : 0, false)).isEqualTo(3);
    assertThat(polls).isEqualTo(5);
  }

  @Test
  void shouldServeHotHandlesItselfAndStillLookAtTheOthers() throws Exception {
    int[] work = {100};
    hot.touch(() -> work[0]-- > 0);
    SpinStrategy strategy = new SpinStrategy(hot, 10_000_000_000L);
    assertThat(strategy.calculateStrategy(() -> ++polls == 3 ? 1 : 0, false)).isEqualTo(1);
    assertThat(work[0]).as("looked at in between").isEqualTo(92);
    assertThat(strategy.calculateStrategy(this::nothing, false)).as("a turn for tasks").isZero();
    assertThat(work[0]).isEqualTo(28);
  }

  @Test
  void shouldForgetAHandleThatLeft() {
    Poller left = () -> true;
    hot.touch(left);
    hot.touch(left);
    hot.forget(left);
    assertThat(hot.poll()).isFalse();
  }

  @Test
  void shouldNotSpinWhenTasksWaitOrWhenToldNotTo() throws Exception {
    assertThat(new SpinStrategy(hot, 1_000_000_000).calculateStrategy(this::nothing, true))
        .isZero();
    assertThat(new SpinStrategy(hot, 0).calculateStrategy(this::nothing, false))
        .isEqualTo(SelectStrategy.SELECT);
    assertThat(polls).isEqualTo(2);
  }

  @Test
  void shouldSpinLessWhenTheCpuComesBackLateAndMoreWhenItDoesNot() {
    SpinStrategy strategy = new SpinStrategy(hot, 20_000);
    strategy.adapt(3_000_000);
    assertThat(strategy.nanos()).isEqualTo(10_000);
    for (int i = 0; i < 20; i++) {
      strategy.adapt(3_000_000);
    }
    assertThat(strategy.nanos()).isZero();
    for (int i = 0; i < 100; i++) {
      strategy.adapt(1_000);
    }
    assertThat(strategy.nanos()).isEqualTo(20_000);
  }

  private int nothing() {
    polls++;
    return 0;
  }
}
