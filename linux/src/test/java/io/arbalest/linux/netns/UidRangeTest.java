package io.arbalest.linux.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UidRangeTest {
  @Test
  void shouldWriteTheLineOfUidMap() {
    assertThat(new UidRange(100_000, 65_536).toMap()).isEqualTo("0 100000 65536\n");
    assertThat(new UidRange(1, 0xffff_fffeL).count()).isEqualTo(0xffff_fffeL);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "-1, 1",
    "1, 0",
    "1, -1",
    "1, 4294967295",
    "4294967295, 1",
    "2, 9223372036854775807"
  })
  void shouldRefuseRangesThatHoldTheHostsRootOrDoNotFit(long base, long count) {
    assertThatThrownBy(() -> new UidRange(base, count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(base + "+" + count);
  }
}
