package io.arbalest.cli.lab;

import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Session;
import io.arbalest.zone.lab.LabName;
import io.arbalest.zone.lab.Labs;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** {@code down}: nothing is left. */
final class LabDown implements Action {
  private final Labs labs;
  private final Session session;

  @Parameters(arity = "0..1")
  private Optional<String> lab = Optional.empty();

  LabDown(Labs labs, Session session) {
    this.labs = labs;
    this.session = session;
  }

  @Override
  public int run() {
    Optional<LabName> name = LabFailures.name(lab);
    LabName gone = LabFailures.of(() -> labs.down(name, line -> session.out(line + "\n")));
    session.out("lab " + gone + " is down\n");
    return 0;
  }
}
