package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.host.LinkRow;
import io.arbalest.cli.table.Column;
import io.arbalest.cli.table.Table;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.property.LinkProperties;
import io.arbalest.zone.property.LinkProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One property of one link.
 *
 * @param link whose
 * @param property its name
 * @param writable whether {@code set-linkprop} can change it
 * @param values what it is; empty for nothing
 * @param defaults what it is unless somebody sets it
 * @param possible what it may be; empty if that is no list
 */
record PropertyRow(
    LinkRow link,
    String property,
    boolean writable,
    List<String> values,
    List<String> defaults,
    List<String> possible) {
  static final String ZONE = "zone";
  static final String MTU = "mtu";
  static final String LEARNED = "learned-ips";

  /** {@code show-linkprop}. */
  static final Table<PropertyRow> TABLE =
      Table.of(
          List.of(
              Column.of("LINK", 13, "link", (PropertyRow row) -> row.link.fullName())
                  .valued(row -> row.link.name().text()),
              Column.of("PROPERTY", 20, "property", PropertyRow::property),
              Column.of("PERM", 5, "perm", row -> row.writable ? "rw" : "r-"),
              list("VALUE", 20, "value", PropertyRow::values),
              list("DEFAULT", 15, "default", PropertyRow::defaults),
              list("POSSIBLE", 20, "possible", PropertyRow::possible)));

  private static Column<PropertyRow> list(
      String title, int width, String key, Function<PropertyRow, List<String>> values) {
    return new Column<>(
        title, width, row -> String.join(",", values.apply(row)), key, values::apply);
  }

  /** Whether that is the name of some link's property. */
  static boolean exists(String name) {
    return isFixed(name) || LinkProperties.find(name).isPresent();
  }

  /** Whether it is made with the link, or not made by an operator at all. */
  static boolean isFixed(String name) {
    return List.of(ZONE, MTU, LEARNED).contains(name);
  }

  /** All properties of a link, in the order in which they are shown. */
  static List<PropertyRow> of(HostView host, LinkRow link) {
    List<PropertyRow> rows = new ArrayList<>();
    rows.add(fixed(link, ZONE, link.zone().map(ZoneName::text).stream().toList()));
    rows.add(fixed(link, MTU, List.of(Integer.toString(link.mtu()))));
    link.vnic()
        .ifPresent(
            vnic -> {
              for (LinkProperty property : LinkProperties.all()) {
                rows.add(
                    new PropertyRow(
                        link,
                        property.name(),
                        true,
                        property.values(vnic.protection()),
                        property.defaults(),
                        possible(property)));
              }
              rows.add(fixed(link, LEARNED, learned(host, link)));
            });
    return rows;
  }

  private static PropertyRow fixed(LinkRow link, String name, List<String> values) {
    return new PropertyRow(link, name, false, values, List.of(), List.of());
  }

  private static List<String> possible(LinkProperty property) {
    String words = property.possible();
    return words.isEmpty() ? List.of() : List.of(words.split(","));
  }

  private static List<String> learned(HostView host, LinkRow link) {
    return host.learned(new VnicKey(link.zone(), link.name())).stream()
        .map(address -> IpPrefix.host(address).toString())
        .sorted()
        .toList();
  }
}
