package io.arbalest.cli.table;

import java.util.List;
import java.util.function.IntFunction;

/**
 * Rows under a header, as people read them.
 *
 * <p>Each field starts at its column's place; one that is longer than its column is printed in full
 * with one space after it, and the fields behind it give way until they are at their places again.
 * The last field of a row is not padded. A field without a value is {@code --}. Where lists are
 * wrapped, each of their values has a line of its own.
 *
 * @param <R> what a row shows
 */
public final class AlignedRows<R> implements RowWriter<R> {
  private static final String NONE = "--";

  private final List<Column<R>> columns;
  private final int window;
  private final boolean wrapped;
  private int rows;

  /**
   * @param columns the columns to show
   * @param window after how many rows the header comes again; 0 shows it once
   */
  public AlignedRows(List<Column<R>> columns, int window) {
    this(columns, window, false);
  }

  private AlignedRows(List<Column<R>> columns, int window, boolean wrapped) {
    this.columns = List.copyOf(columns);
    this.window = window;
    this.wrapped = wrapped;
  }

  /** Rows whose fields are lists with commas, each value on a line of its own. */
  public static <R> AlignedRows<R> wrapped(List<Column<R>> columns, int window) {
    return new AlignedRows<>(columns, window, true);
  }

  @Override
  public String row(R row) {
    boolean headed = rows == 0 || (window > 0 && rows % window == 0);
    rows++;
    List<List<String>> cells = columns.stream().map(column -> lines(column, row)).toList();
    int height = cells.stream().mapToInt(List::size).max().orElse(1);
    StringBuilder text = new StringBuilder(headed ? header() : "");
    for (int i = 0; i < height; i++) {
      int at = i;
      text.append(line(column -> at < cells.get(column).size() ? cells.get(column).get(at) : ""));
    }
    return text.toString();
  }

  /** A field's lines; all but the last end in the comma that was there. */
  private List<String> lines(Column<R> column, R row) {
    String text = column.text().apply(row);
    if (text.isEmpty()) {
      return List.of(NONE);
    }
    return wrapped ? List.of(text.split("(?<=,)")) : List.of(text);
  }

  /** A listing without rows is its header. */
  @Override
  public String end() {
    return rows == 0 ? header() : "";
  }

  private String header() {
    return line(column -> columns.get(column).title());
  }

  private String line(IntFunction<String> field) {
    StringBuilder line = new StringBuilder();
    int place = 0;
    for (int i = 0; i < columns.size(); i++) {
      line.append(field.apply(i));
      place += columns.get(i).width();
      if (i < columns.size() - 1) {
        line.repeat(' ', Math.max(1, place - line.length()));
      }
    }
    return line.toString().stripTrailing() + "\n";
  }
}
