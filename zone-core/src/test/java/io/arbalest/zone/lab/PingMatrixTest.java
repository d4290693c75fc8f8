package io.arbalest.zone.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PingMatrixTest {
  private static final LabName WEB = new LabName("web");
  private static final LabName DB = new LabName("db");

  @Test
  void shouldShowTimesFailuresAndWhatWasNotTried() {
    PingMatrix matrix =
        new PingMatrix(
            List.of(WEB, DB),
            List.of(
                result(WEB, DB, "10.0.0.2", Optional.of(Duration.ofNanos(41_500))),
                result(DB, WEB, "10.0.0.1", Optional.empty()),
                result(WEB, DB, "fd00::2", Optional.of(Duration.ofNanos(60_000))),
                result(WEB, DB, "fd00::3", Optional.of(Duration.ofNanos(1_260_000)))));
    assertThat(matrix.lines())
        .containsExactly(
            "IPv4      web       db",
            "web       -         0.042 ms",
            "db        FAIL      -",
            "IPv6      web       db",
            "web       -         1.260 ms",
            "db        -         -");
    assertThat(matrix.isComplete()).isFalse();
    assertThat(matrix.failures()).extracting(PingResult::target).containsExactly("10.0.0.1");
  }

  @Test
  void shouldNotCallNothingASuccess() {
    assertThat(new PingMatrix(List.of(WEB), List.of()).isComplete()).isFalse();
  }

  private static PingResult result(
      LabName from, LabName to, String target, Optional<Duration> roundTrip) {
    return new PingResult(from, to, target, roundTrip, "");
  }
}
