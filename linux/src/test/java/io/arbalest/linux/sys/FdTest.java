package io.arbalest.linux.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FdTest {
  @Test
  void shouldRefuseUseAfterClose() {
    Fd fd = Fd.open("/dev/null", OpenFlags.RDONLY);
    assertThat(fd.number()).isNotNegative();
    fd.close();
    fd.close();
    assertThat(fd.isOpen()).isFalse();
    assertThatThrownBy(fd::number).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldNameTheCallAndTheErrorWhenOpenFails() {
    assertThatThrownBy(() -> Fd.open("/no/such/file", OpenFlags.RDONLY))
        .isInstanceOf(KernelException.class)
        .hasMessage("open /no/such/file: No such file or directory (ENOENT)");
  }
}
