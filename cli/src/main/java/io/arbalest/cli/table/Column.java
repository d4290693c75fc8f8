package io.arbalest.cli.table;

import java.util.function.Function;

/**
 * One column of a listing.
 *
 * @param title the header, in capitals; also the name of the field after {@code -o}
 * @param width the column's width with the gap that follows it
 * @param text the field as people and scripts read it; empty if the row has none
 * @param key the field's name in JSON
 * @param value the field in JSON: text, number, truth, list or map; empty text stands for none
 * @param <R> what a row shows
 */
public record Column<R>(
    String title, int width, Function<R, String> text, String key, Function<R, Object> value) {

  /** A column whose JSON value is the same text. */
  public static <R> Column<R> of(String title, int width, String key, Function<R, String> text) {
    return new Column<>(title, width, text, key, text::apply);
  }

  /** The same column with another JSON value. */
  public Column<R> valued(Function<R, Object> jsonValue) {
    return new Column<>(title, width, text, key, jsonValue);
  }
}
