package io.arbalest.cli.verb;

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
    if (parsable && terse && !json) {
      refuseTersely();
    }
    return new ListingForm(json, parsable, "-p", fields, false).writer(table, session);
  }

  /** Whether programs are to read the output. */
  public boolean isJson() {
    return json;
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
