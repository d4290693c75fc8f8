package io.arbalest.cli.verb;

import io.arbalest.cli.table.AlignedRows;
import io.arbalest.cli.table.FieldException;
import io.arbalest.cli.table.JsonRows;
import io.arbalest.cli.table.ParsableRows;
import io.arbalest.cli.table.RowWriter;
import io.arbalest.cli.table.Table;
import java.util.Optional;

/**
 * The form that somebody asked a listing to have.
 *
 * @param json whether programs are to read it
 * @param parsable whether scripts are
 * @param parsableOption the option that says so
 * @param fields the list after {@code -o}
 * @param wrapped whether people see one value of a list on each line
 */
public record ListingForm(
    boolean json,
    boolean parsable,
    String parsableOption,
    Optional<String> fields,
    boolean wrapped) {

  /**
   * The form, without any row yet.
   *
   * @throws VerbException if there is no such form, or no such field
   */
  public <R> RowWriter<R> writer(Table<R> table, Session session) {
    try {
      return select(table, session);
    } catch (FieldException e) {
      throw new VerbException(String.valueOf(e.getMessage()), e);
    }
  }

  private <R> RowWriter<R> select(Table<R> table, Session session) {
    if (json && parsable) {
      throw new VerbException("the option " + parsableOption + " cannot be used with --json");
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
    if (json) {
      return new JsonRows<>(selection.columns());
    }
    return wrapped
        ? AlignedRows.wrapped(selection.columns(), session.window())
        : new AlignedRows<>(selection.columns(), session.window());
  }
}
