package io.arbalest.overlay.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import org.junit.jupiter.api.Test;

class SpinStrategyTest {
  private int polls;

  @Test
  void shouldLookManyTimesBeforeItSleeps() throws Exception {
    SpinStrategy strategy = new SpinStrategy(2_000_000);
    assertThat(strategy.calculateStrategy(this::nothing, false)).isEqualTo(SelectStrategy.SELECT);
    assertThat(polls).isGreaterThan(1);
  }

  @Test
  void shouldReturnAsSoonAsThereIsWork() throws Exception {
    SpinStrategy strategy = new SpinStrategy(10_000_000_000L);
    assertThat(strategy.calculateStrategy(() -> ++polls == 5 ? 3 : 0, false)).isEqualTo(3);
    assertThat(polls).isEqualTo(5);
  }

  @Test
  void shouldNotSpinWhenTasksWaitOrWhenToldNotTo() throws Exception {
    assertThat(new SpinStrategy(1_000_000_000).calculateStrategy(this::nothing, true)).isZero();
    assertThat(new SpinStrategy(0).calculateStrategy(this::nothing, false))
        .isEqualTo(SelectStrategy.SELECT);
    assertThat(polls).isEqualTo(2);
  }

  @Test
  void shouldSpinLessWhenTheCpuComesBackLateAndMoreWhenItDoesNot() {
    SpinStrategy strategy = new SpinStrategy(20_000);
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
