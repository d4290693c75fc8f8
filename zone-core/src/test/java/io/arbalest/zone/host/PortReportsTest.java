package io.arbalest.zone.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.vnic.PortReport;
import io.arbalest.vnic.PortReport.Outcome;
import io.arbalest.vnic.VnicKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortReportsTest {
  private final PortReports reports = new PortReports();

  private void tell(Outcome outcome, String text) {
    reports.accept(new PortReport(Optional.of(VnicKey.parse("web/net0")), outcome, text));
  }

  @Test
  void shouldKeepTheLastFewWithTheirTime() {
    for (int i = 0; i < PortReports.KEPT + 2; i++) {
      tell(Outcome.REPAIRED, "damage " + i);
    }
    assertThat(reports.texts()).hasSize(PortReports.KEPT);
    assertThat(reports.texts().getFirst())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ damage 2");
    assertThat(reports.texts().getLast()).endsWith("damage " + (PortReports.KEPT + 1));

    reports.clear();
    assertThat(reports.texts()).isEmpty();
  }

  @Test
  void shouldSayOnceThatAVnicIsLost() {
    tell(Outcome.REPAIRED, "filter gone");
    assertThat(reports.takeLost()).isFalse();
    tell(Outcome.LOST, "port gone");
    tell(Outcome.REPAIRED, "filter gone");
    assertThat(reports.takeLost()).isTrue();
    assertThat(reports.takeLost()).isFalse();
  }
}
