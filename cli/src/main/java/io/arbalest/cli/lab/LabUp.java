package io.arbalest.cli.lab;

import io.arbalest.cli.table.AlignedRows;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.UsageException;
import io.arbalest.zone.lab.Labs;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** {@code up}: each step as it happens, then what there is. */
final class LabUp implements Action {
  private final Labs labs;
  private final Session session;

  @Parameters(arity = "0..1")
  private Optional<String> file = Optional.empty();

  LabUp(Labs labs, Session session) {
    this.labs = labs;
    this.session = session;
  }

  @Override
  public int run() {
    String name = file.orElseThrow(() -> new UsageException("missing lab file"));
    Labs.Running lab =
        LabFailures.of(() -> labs.up(session.file(name), line -> session.out(line + "\n")));
    session.out("\n");
    session.out(
        new AlignedRows<>(LabRow.TABLE.columns(), 0).all(LabRow.of(lab.spec(), lab.record())));
    return 0;
  }
}
