package io.arbalest.cli.table;

import java.util.List;

/**
 * A form of rows. The whole text of a listing is {@code start}, then each {@code row} in turn, then
 * {@code end}; a listing that repeats itself goes on with rows.
 *
 * @param <R> what a row shows
 */
public interface RowWriter<R> {
  /** What comes before the rows. */
  default String start() {
    return "";
  }

  /** One row with its line end. */
  String row(R row);

  /** What comes after the rows. */
  default String end() {
    return "";
  }

  /** A whole listing. */
  default String all(List<R> rows) {
    StringBuilder text = new StringBuilder(start());
    rows.forEach(row -> text.append(row(row)));
    return text.append(end()).toString();
  }
}
