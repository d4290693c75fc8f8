package io.arbalest.cli.lab;

import io.arbalest.cli.table.Column;
import io.arbalest.cli.table.Table;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Listing;
import io.arbalest.cli.verb.Session;
import io.arbalest.zone.lab.LabRecord;
import io.arbalest.zone.lab.Labs;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;

/** {@code list}: the labs that are up, or partly up. */
final class LabList implements Action {
  private static final Table<LabRecord> TABLE =
      Table.of(
          List.of(
              Column.of("LAB", 20, "lab", LabRecord::lab),
              names("HOSTS", 25, "hosts", LabRecord::hosts),
              names("ZONES", 25, "zones", record -> record.zones().keySet()),
              Column.of("FILE", 30, "file", LabRecord::file)));

  private final Labs labs;
  private final Session session;

  @Mixin private final Listing listing = new Listing();

  LabList(Labs labs, Session session) {
    this.labs = labs;
    this.session = session;
  }

  @Override
  public int run() {
    session.out(listing.writer(TABLE, session).all(LabFailures.of(labs::list)));
    return 0;
  }

  private static Column<LabRecord> names(
      String title, int width, String key, Function<LabRecord, Set<String>> names) {
    return new Column<>(
        title,
        width,
        record -> names.apply(record).stream().sorted().collect(Collectors.joining(",")),
        key,
        record -> names.apply(record).stream().sorted().toList());
  }
}
