package io.arbalest.linux.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BootClockTest {
  /** {@code /proc/uptime} shows hundredths of a second, rounded down. */
  @Test
  void isTheKernelsUptime() throws Exception {
    long before = uptimeCentis();
    long nanos = BootClock.nanos();
    long after = uptimeCentis();
    assertThat(nanos / 10_000_000).isBetween(before, after);
  }

  private static long uptimeCentis() throws Exception {
    String seconds = Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0];
    return new BigDecimal(seconds).movePointRight(2).longValueExact();
  }

  @Test
  void runsForward() {
    long first = BootClock.nanos();
    assertThat(BootClock.nanos()).isGreaterThanOrEqualTo(first);
  }

  @Test
  void namesTheBoot() {
    assertThat(BootClock.bootId()).matches("[0-9a-f-]{36}").isEqualTo(BootClock.bootId());
  }
}
