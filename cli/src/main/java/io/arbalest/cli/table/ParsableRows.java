package io.arbalest.cli.table;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows as scripts read them: no header, fields separated by colons.
 *
 * <p>In a field, {@code :} and {@code \} have a {@code \} before them, unless the row is that one
 * field, which is printed as it is. A field without a value is empty.
 *
 * @param <R> what a row shows
 */
public record ParsableRows<R>(List<Column<R>> columns) implements RowWriter<R> {
  public ParsableRows {
    columns = List.copyOf(columns);
  }

  @Override
  public String row(R row) {
    if (columns.size() == 1) {
      return columns.get(0).text().apply(row) + "\n";
    }
    return columns.stream()
        .map(column -> escape(column.text().apply(row)))
        .collect(Collectors.joining(":", "", "\n"));
  }

  /** The field with its separators escaped. */
  public static String escape(String field) {
    return field.replace("\\", "\\\\").replace(":", "\\:");
  }
}
