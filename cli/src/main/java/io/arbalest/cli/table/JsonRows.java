package io.arbalest.cli.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/**
 * Rows as programs read them: a JSON array with one object on each line. A field without a value is
 * null, so every object has every key.
 *
 * @param <R> what a row shows
 */
public final class JsonRows<R> implements RowWriter<R> {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final NullNode NULL = NullNode.getInstance();

  private final List<Column<R>> columns;
  private int rows;

  public JsonRows(List<Column<R>> columns) {
    this.columns = List.copyOf(columns);
  }

  @Override
  public String row(R row) {
    return (rows++ == 0 ? "[\n  " : ",\n  ") + MAPPER.writeValueAsString(fields(columns, row));
  }

  /** The row as an object. */
  static <R> Map<String, Object> fields(List<Column<R>> columns, R row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Column<R> column : columns) {
      Object value = column.value().apply(row);
      fields.put(column.key(), value.equals("") ? NULL : value);
    }
    return fields;
  }

  @Override
  public String end() {
    return rows == 0 ? "[]\n" : "\n]\n";
  }
}
