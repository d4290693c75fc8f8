package io.arbalest.cli.lab;

import io.arbalest.cli.table.Column;
import io.arbalest.cli.table.JsonRows;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Session;
import io.arbalest.zone.lab.LabName;
import io.arbalest.zone.lab.Labs;
import io.arbalest.zone.lab.PingMatrix;
import io.arbalest.zone.lab.PingResult;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ping}: a matrix of round-trip times; the exit code is 1 unless every echo was answered.
 */
final class LabPing implements Action {
  private static final List<Column<PingResult>> KEYS =
      List.of(
          Column.of("FROM", 15, "from", result -> result.from().text()),
          Column.of("TO", 15, "to", result -> result.to().text()),
          Column.of("TARGET", 30, "target", PingResult::target),
          new Column<>("MS", 10, LabPing::millisText, "milliseconds", LabPing::millis),
          Column.of("PROBLEM", 30, "problem", PingResult::problem));

  private final Labs labs;
  private final Session session;

  @Option(names = "--json")
  private boolean json;

  @Parameters(arity = "0..1")
  private Optional<String> lab = Optional.empty();

  LabPing(Labs labs, Session session) {
    this.labs = labs;
    this.session = session;
  }

  @Override
  public int run() {
    Optional<LabName> name = LabFailures.name(lab);
    PingMatrix matrix = LabFailures.of(() -> labs.ping(name));
    if (json) {
      session.out(new JsonRows<>(KEYS).all(matrix.results()));
    } else {
      matrix.lines().forEach(line -> session.out(line + "\n"));
      matrix.failures().forEach(this::explain);
    }
    return matrix.isComplete() ? 0 : 1;
  }

  private void explain(PingResult failure) {
    String why = failure.problem().isEmpty() ? "no answer" : failure.problem();
    session.fail(failure.from() + " cannot reach " + failure.target() + ": " + why);
  }

  private static Object millis(PingResult result) {
    return result.roundTrip().<Object>map(time -> time.toNanos() / 1e6).orElse("");
  }

  private static String millisText(PingResult result) {
    return millis(result).toString();
  }
}
