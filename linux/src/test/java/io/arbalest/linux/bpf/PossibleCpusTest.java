package io.arbalest.linux.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PossibleCpusTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0|1", "0-1|2", "0-3,8|5", "0-1,4-7,9|7", "'0-15\n'|16"})
  void shouldCountTheListOfTheKernel(String list, int count) {
    assertThat(PossibleCpus.count(list)).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "a", "0-", "3-1", "0,,1"})
  void shouldRefuseWhatIsNoList(String list) {
    assertThatThrownBy(() -> PossibleCpus.count(list)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldCountThisMachine() {
    assertThat(PossibleCpus.count())
        .isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
  }
}
