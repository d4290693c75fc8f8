package io.arbalest.linux.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailpointTest {
  @Test
  void shouldFailOnceAtTheChosenHit() {
    try (Failpoint.Armed armed = Failpoint.arm("2:EBUSY")) {
      Failpoint.hit("one");
      assertThatThrownBy(() -> Failpoint.hit("two"))
          .isInstanceOf(KernelException.class)
          .hasMessage("two: failpoint 2: Device or resource busy (EBUSY)");
      Failpoint.hit("three");
      assertThat(armed.hits()).containsExactly("one", "two", "three");
    }
    Failpoint.hit("after");
  }

  @Test
  void shouldFailEverythingFromTheChosenHitOn() {
    try (Failpoint.Armed armed = Failpoint.arm("2:stop")) {
      Failpoint.hit("one");
      assertThatThrownBy(() -> Failpoint.hit("two")).isInstanceOf(KernelException.class);
      assertThatThrownBy(() -> Failpoint.hit("three")).isInstanceOf(KernelException.class);
      assertThat(armed.hits()).hasSize(3);
    }
    Failpoint.hit("after");
  }

  @Test
  void shouldRefuseToBeArmedTwice() {
    try (Failpoint.Armed armed = Failpoint.arm("0:kill")) {
      assertThatThrownBy(() -> Failpoint.arm("1:kill")).isInstanceOf(IllegalStateException.class);
      assertThat(armed.hits()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "kill", "x:kill", "1:", "1:ENOTHING", "-1:kill"})
  void shouldRefuseOtherTexts(String spec) {
    assertThatThrownBy(() -> Failpoint.arm(spec).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("N:kill, N:stop or N:ERRNO is allowed");
  }
}
