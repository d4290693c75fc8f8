package io.arbalest.cli.verb;

import io.arbalest.cli.table.AlignedRows;
import io.arbalest.cli.table.FieldException;
import io.arbalest.cli.table.JsonRows;
import io.arbalest.cli.table.ParsableRows;
import io.arbalest.cli.table.RowWriter;
import io.arbalest.cli.table.Table;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that every verb has which lists something. */
public final class Listing {
  @Option(names = {"-o", "--output"})
  private Optional<String> fields = Optional.empty();

  @Option(names = {"-p", "--parsable", "--parseable"})
  private boolean parsable;

  @Option(names = "--json")
  private boolean json;

  /** How {@code -o}, {@code -p} and {@code --json} are written in a usage. */
  public static final String USAGE = "[--json | [-p] -o <field>,...]";

  private final boolean terse;

  /** The options with ofmt's complaints, which most verbs have. */
  public Listing() {
    this(false);
  }

  private Listing(boolean terse) {
    this.terse = terse;
  }

  /** The options with the complaints of show-link and ipadm, which are older than ofmt's. */
  public static Listing terse() {
    return new Listing(true);
  }

  /** The form of output that was asked for, without any row yet. */
  public <R> RowWriter<R> writer(Table<R> table, Session session) {
    try {
      return select(table, session);
    } catch (FieldException e) {
      throw new VerbException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether programs are to read the output. */
  public boolean isJson() {
    return json;
  }

  private <R> RowWriter<R> select(Table<R> table, Session session) {
    if (json && parsable) {
      throw new VerbException("the option -p cannot be used with --json");
    }
    if (parsable && terse) {
      refuseTersely();
    }
    if (parsable) {
      return new ParsableRows<>(table.selectParsable(fields).columns());
    }
    if (json && fields.isEmpty()) {
      return new JsonRows<>(table.columns());
    }
    Table.Selection<R> selection = fields.map(table::select).orElseGet(table::select);
    if (!selection.warning().isEmpty()) {
      session.warn(selection.warning());
    }
    return json
        ? new JsonRows<>(selection.columns())
        : new AlignedRows<>(selection.columns(), session.window());
  }

  private void refuseTersely() {
    if (fields.isEmpty()) {
      throw new VerbException("-p requires -o");
    }
    if (fields.get().equalsIgnoreCase("all")) {
      throw new VerbException("\"-o all\" is invalid with -p");
    }
  }
}
