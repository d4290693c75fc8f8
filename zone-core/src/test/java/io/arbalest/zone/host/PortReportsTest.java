package io.arbalest.zone.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.vnic.PortReport;
import io.arbalest.vnic.PortReport.Outcome;
import io.arbalest.vnic.VnicKey;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortReportsTest {
  private Instant now = Instant.parse("2026-11-25T19:20:30.456Z");
  private final PortReports reports = new PortReports(() -> now);

  private void tell(Outcome outcome, String vnic, String text) {
    reports.accept(new PortReport(Optional.of(VnicKey.parse(vnic)), outcome, text));
  }

  @Test
  void shouldKeepTheLastFewWithTheirTime() {
    for (int i = 0; i < PortReports.KEPT + 2; i++) {
      tell(Outcome.REPAIRED, "web/net0", "damage " + i);
    }
    assertThat(reports.repaired()).hasSize(PortReports.KEPT);
    assertThat(reports.repaired().getFirst()).isEqualTo("2026-11-25T19:20:30Z damage 2");
    assertThat(reports.broken()).isEmpty();

    reports.clear();
    assertThat(reports.repaired()).isEmpty();
  }

  @Test
  void shouldForgetAfterADay() {
    tell(Outcome.REPAIRED, "web/net0", "yesterday");
    now = now.plus(PortReports.AGE).minusSeconds(1);
    tell(Outcome.REPAIRED, "web/net0", "today");
    assertThat(reports.repaired()).hasSize(2);
    now = now.plusSeconds(2);
    assertThat(reports.repaired()).singleElement().asString().endsWith("today");
  }

  @Test
  void shouldSayOnceThatAVnicIsLost() {
    tell(Outcome.REPAIRED, "web/net0", "filter gone");
    assertThat(reports.takeLost()).isFalse();
    tell(Outcome.LOST, "web/net0", "port gone");
    tell(Outcome.REPAIRED, "web/net0", "filter gone");
    assertThat(reports.takeLost()).isTrue();
    assertThat(reports.takeLost()).isFalse();
  }

  @Test
  void shouldTellWhatIsStillBrokenFromWhatIsRightAgain() {
    tell(Outcome.BROKEN, "web/net0", "web stuck");
    tell(Outcome.BROKEN, "db/net0", "db stuck");
    tell(Outcome.REPAIRED, "web/net0", "web whole");
    assertThat(reports.broken()).singleElement().asString().endsWith("db stuck");
    assertThat(reports.repaired()).singleElement().asString().endsWith("web whole");
  }
}
