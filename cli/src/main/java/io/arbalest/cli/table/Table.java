package io.arbalest.cli.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns of a listing and which of them are shown when nobody chooses.
 *
 * @param columns all of them, in the order of {@code -o all}
 * @param shown how many of the first columns are shown by default
 * @param <R> what a row shows
 */
public record Table<R>(List<Column<R>> columns, int shown) {
  private static final String ALL = "all";

  public Table {
    columns = List.copyOf(columns);
  }

  /** A table that shows all its columns by default. */
  public static <R> Table<R> of(List<Column<R>> columns) {
    return new Table<>(columns, columns.size());
  }

  /**
   * The columns that were chosen.
   *
   * @param columns in the order in which they were asked for
   * @param warning a complaint about fields that do not exist; empty if there is none
   */
  public record Selection<R>(List<Column<R>> columns, String warning) {
    public Selection {
      columns = List.copyOf(columns);
    }
  }

  /** The default columns. */
  public Selection<R> select() {
    return new Selection<>(columns.subList(0, shown), "");
  }

  /**
   * The columns of a list such as {@code link,over}; case does not matter, {@code all} means all.
   *
   * @throws FieldException if no field of the list exists
   */
  public Selection<R> select(String fields) {
    if (fields.equalsIgnoreCase(ALL)) {
      return new Selection<>(columns, "");
    }
    List<Column<R>> chosen = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String field : fields.split(",", -1)) {
      find(field).ifPresentOrElse(chosen::add, () -> unknown.add(field));
    }
    if (chosen.isEmpty()) {
      throw new FieldException(complaint(unknown));
    }
    return new Selection<>(chosen, unknown.isEmpty() ? "" : "ignoring " + complaint(unknown));
  }

  /**
   * The columns for a script, which must name each of them, and exactly.
   *
   * @throws FieldException if none is named, {@code all} is, or one does not exist
   */
  public Selection<R> selectParsable(Optional<String> fields) {
    String list =
        fields.orElseThrow(
            () -> new FieldException("output fields must be specified in parsable mode"));
    if (list.equalsIgnoreCase(ALL)) {
      throw new FieldException("output field `all' invalid in parsable mode");
    }
    Selection<R> selection = select(list);
    if (!selection.warning().isEmpty()) {
      throw new FieldException(selection.warning().substring("ignoring ".length()));
    }
    return selection;
  }

  private Optional<Column<R>> find(String field) {
    String title = field.toUpperCase(Locale.ROOT);
    return columns.stream().filter(column -> column.title().equals(title)).findFirst();
  }

  private static String complaint(List<String> unknown) {
    return "unknown output field"
        + (unknown.size() == 1 ? "" : "s")
        + ": "
        + unknown.stream().map(field -> "`" + field + "'").collect(Collectors.joining(" "));
  }
}
