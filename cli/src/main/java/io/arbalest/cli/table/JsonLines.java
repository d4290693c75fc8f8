package io.arbalest.cli.table;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows as programs read them that cannot wait for the last one: an object on each line.
 *
 * @param <R> what a row shows
 */
public final class JsonLines<R> implements RowWriter<R> {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final List<Column<R>> columns;

  public JsonLines(List<Column<R>> columns) {
    this.columns = List.copyOf(columns);
  }

  @Override
  public String row(R row) {
    return object(JsonRows.fields(columns, row));
  }

  /** One object, on a line of its own. */
  public static String object(Map<String, Object> fields) {
    return MAPPER.writeValueAsString(fields) + "\n";
  }
}
