package io.arbalest.cli.table;

import java.util.List;
import java.util.function.Function;

/**
 * Rows under a header, as people read them.
 *
 * <p>Each field starts at its column's place; one that is longer than its column is printed in full
 * with one space after it, and the fields behind it give way until they are at their places again.
 * The last field of a row is not padded. A field without a value is {@code --}.
 *
 * @param <R> what a row shows
 */
public final class AlignedRows<R> implements RowWriter<R> {
  private static final String NONE = "--";

  private final List<Column<R>> columns;
  private final int window;
  private int rows;

  /**
   * @param columns the columns to show
   * @param window after how many rows the header comes again; 0 shows it once
   */
  public AlignedRows(List<Column<R>> columns, int window) {
    this.columns = List.copyOf(columns);
    this.window = window;
  }

  @Override
  public String row(R row) {
    boolean headed = rows == 0 || (window > 0 && rows % window == 0);
    rows++;
    String line = line(column -> column.text().apply(row));
    return headed ? header() + line : line;
  }

  /** A listing without rows is its header. */
  @Override
  public String end() {
    return rows == 0 ? header() : "";
  }

  private String header() {
    return line(Column::title);
  }

  private String line(Function<Column<R>, String> field) {
    StringBuilder line = new StringBuilder();
    int place = 0;
    for (int i = 0; i < columns.size(); i++) {
      Column<R> column = columns.get(i);
      String value = field.apply(column);
      line.append(value.isEmpty() ? NONE : value);
      place += column.width();
      if (i < columns.size() - 1) {
        line.repeat(' ', Math.max(1, place - line.length()));
      }
    }
    return line.append('\n').toString();
  }
}
