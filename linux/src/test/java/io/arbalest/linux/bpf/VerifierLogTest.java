package io.arbalest.linux.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerifierLogTest {
  @Test
  void shouldKeepAShortLog() {
    assertThat(VerifierLog.tail("0: (95) exit\nR0 !read_ok\n"))
        .isEqualTo("0: (95) exit\nR0 !read_ok");
    assertThat(VerifierLog.tail("")).isEmpty();
  }

  @Test
  void shouldKeepTheLastLines() {
    String log = "first\n".repeat(100) + "last\n".repeat(16);
    assertThat(VerifierLog.tail(log)).isEqualTo("last\n".repeat(16).strip());
  }

  @Test
  void shouldBoundLongLines() {
    assertThat(VerifierLog.tail("x".repeat(100_000) + "end")).hasSize(2000).endsWith("xend");
  }
}
