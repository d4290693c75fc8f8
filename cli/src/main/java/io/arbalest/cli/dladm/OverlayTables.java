package io.arbalest.cli.dladm;

import io.arbalest.cli.host.OverlayRow;
import io.arbalest.cli.table.Column;
import io.arbalest.cli.table.Table;
import io.arbalest.overlay.OverlayProperty;
import io.arbalest.overlay.directory.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What {@code show-overlay} has in its columns, in its three forms. */
final class OverlayTables {
  /** A property of an overlay. */
  record Property(OverlayRow overlay, OverlayProperty property) {}

  /** A target of an overlay. */
  record Place(OverlayRow overlay, Target target) {}

  /** {@code show-overlay}. */
  static final Table<Property> PROPERTIES =
      Table.of(
          List.of(
              Column.of("LINK", 19, "link", row -> row.overlay().name().text()),
              Column.of("PROPERTY", 19, "property", of(OverlayProperty::name)),
              Column.of("PERM", 5, "perm", of(OverlayProperty::permissions)),
              Column.of("REQ", 4, "req", of(p -> p.required() ? "y" : "-")),
              Column.of("VALUE", 11, "value", of(OverlayProperty::value)),
              Column.of("DEFAULT", 10, "default", of(OverlayProperty::defaultValue)),
              Column.of("POSSIBLE", 10, "possible", of(OverlayProperty::possible))));

  /** {@code show-overlay -f}. */
  static final Table<OverlayRow> FAULTS =
      Table.of(
          List.of(
              Column.of("LINK", 20, "link", overlay -> overlay.name().text()),
              Column.of("STATUS", 8, "status", overlay -> overlay.health().status()),
              Column.<OverlayRow>of(
                      "DETAILS", 52, "details", overlay -> overlay.health().fault().orElse("-"))
                  .valued(overlay -> overlay.health().fault().orElse(""))));

  /** {@code show-overlay -t}. */
  static final Table<Place> TARGETS =
      Table.of(
          List.of(
              Column.of("LINK", 20, "link", row -> row.overlay().name().text()),
              Column.of("TARGET", 18, "target", row -> row.target().label()),
              Column.of(
                  "DESTINATION", 42, "destination", row -> row.target().destination().toString())));

  /** {@code show-overlay --json}: one object for each overlay. */
  static final Table<OverlayRow> WHOLE =
      Table.of(
          List.of(
              Column.of("LINK", 19, "link", overlay -> overlay.name().text()),
              new Column<>(
                  "STATUS", 8, o -> o.health().status(), "status", o -> o.health().status()),
              new Column<>("PROPERTIES", 0, o -> "", "properties", OverlayTables::properties),
              new Column<>("COUNTERS", 0, o -> "", "counters", OverlayRow::counters)));

  private OverlayTables() {}

  private static Function<Property, String> of(Function<OverlayProperty, String> field) {
    return row -> field.apply(row.property());
  }

  private static Map<String, String> properties(OverlayRow overlay) {
    Map<String, String> properties = new LinkedHashMap<>();
    overlay.properties().forEach(property -> properties.put(property.name(), property.value()));
    return properties;
  }
}
