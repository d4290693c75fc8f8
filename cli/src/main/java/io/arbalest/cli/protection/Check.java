package io.arbalest.cli.protection;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.table.Column;
import io.arbalest.cli.table.JsonRows;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Session;
import io.arbalest.zone.check.Finding;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * {@code check}: what of this host matters. The exit code is 1 if something of it fails; what is
 * merely worth knowing is a warning.
 */
final class Check implements Action {
  private static final int LEVEL_WIDTH = 6;
  private static final List<Column<Finding>> KEYS =
      List.of(
          Column.of("LEVEL", 6, "level", finding -> finding.level().word()),
          Column.of("SUBJECT", 30, "subject", Finding::subject),
          Column.of("FOUND", 40, "found", Finding::found),
          Column.of("WHY", 40, "why", Finding::why),
          Column.of("CHANGE", 40, "change", Finding::change));

  private final HostView host;
  private final Session session;

  @Option(names = "--json")
  private boolean json;

  Check(HostView host, Session session) {
    this.host = host;
    this.session = session;
  }

  @Override
  public int run() {
    List<Finding> findings = host.check();
    if (json) {
      session.out(new JsonRows<>(KEYS).all(findings));
    } else {
      findings.forEach(finding -> session.out(text(finding)));
    }
    boolean failed = findings.stream().anyMatch(f -> f.level() == Finding.Level.FAIL);
    return failed ? 1 : 0;
  }

  private static String text(Finding finding) {
    StringBuilder text = new StringBuilder();
    String word = finding.level().word();
    text.append(word).repeat(' ', LEVEL_WIDTH - word.length());
    text.append(finding.subject()).append(": ").append(finding.found()).append('\n');
    if (finding.level() != Finding.Level.OK) {
      text.repeat(' ', LEVEL_WIDTH).append("why: ").append(finding.why()).append('\n');
      text.repeat(' ', LEVEL_WIDTH).append("change: ").append(finding.change()).append('\n');
    }
    return text.toString();
  }
}
