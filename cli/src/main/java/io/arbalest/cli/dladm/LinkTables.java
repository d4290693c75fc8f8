package io.arbalest.cli.dladm;

import io.arbalest.cli.host.LinkRow;
import io.arbalest.cli.table.Column;
import io.arbalest.cli.table.Table;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.LinkStats;
import io.arbalest.vnic.ZoneName;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What {@code show-link}, {@code show-vnic} and {@code show-etherstub} have in their columns. */
final class LinkTables {
  private static final Column<LinkRow> ZONE =
      Column.of("ZONE", 20, "zone", link -> link.zone().map(ZoneName::text).orElse(""));

  /** {@code show-link}. There is no bridge, and illumos's scripts expect its column. */
  static final Table<LinkRow> LINKS =
      new Table<>(
          List.of(
              named(12),
              Column.of("CLASS", 10, "class", link -> link.kind().text()),
              mtu(7),
              Column.of("STATE", 9, "state", LinkRow::state),
              Column.of("BRIDGE", 11, "bridge", link -> ""),
              Column.of("OVER", 30, "over", LinkTables::over),
              ZONE),
          6);

  /** {@code show-link -s}; the errors by their reasons are beyond what illumos has. */
  static final Table<LinkRow> STATISTICS =
      new Table<>(
          List.of(
              named(15),
              count("IPACKETS", 10, "inPackets", stats -> stats.in().packets()),
              count("RBYTES", 8, "inBytes", stats -> stats.in().bytes()),
              count("IERRORS", 10, "inErrors", stats -> stats.in().errors()),
              count("OPACKETS", 12, "outPackets", stats -> stats.out().packets()),
              count("OBYTES", 12, "outBytes", stats -> stats.out().bytes()),
              count("OERRORS", 8, "outErrors", stats -> stats.out().errors()),
              ZONE,
              new Column<>("DROPS", 30, LinkTables::drops, "drops", link -> link.stats().drops())),
          7);

  /** {@code show-vnic}. */
  static final Table<LinkRow> VNICS =
      new Table<>(
          List.of(
              Column.of("LINK", 13, "link", link -> link.name().text()),
              Column.of("OVER", 11, "over", LinkTables::over),
              new Column<>("SPEED", 6, link -> "0", "speed", link -> 0),
              Column.of("MACADDRESS", 18, "macAddress", vnic(v -> v.mac().address().toString())),
              Column.of("MACADDRTYPE", 12, "macAddressType", vnic(v -> v.mac().type().text())),
              new Column<>("VID", 5, link -> "0", "vid", link -> 0),
              ZONE,
              mtu(7),
              Column.of("STATE", 9, "state", LinkRow::state),
              new Column<>(
                  "PROTECTION",
                  40,
                  vnic(v -> String.join(",", v.protection().modes())),
                  "protection",
                  link -> link.vnic().map(v -> List.copyOf(v.protection().modes())).orElseThrow()),
              new Column<>(
                  "ALLOWED-IPS",
                  40,
                  vnic(v -> String.join(",", allowedIps(v))),
                  "allowedIps",
                  link -> link.vnic().map(LinkTables::allowedIps).orElseThrow())),
          7);

  /** {@code show-etherstub}. */
  static final Table<LinkRow> ETHERSTUBS =
      new Table<>(List.of(Column.of("LINK", 12, "link", LinkRow::fullName), mtu(7)), 1);

  private LinkTables() {}

  /** People see whose link it is; programs have the zone beside the name. */
  private static Column<LinkRow> named(int width) {
    return Column.of("LINK", width, "link", LinkRow::fullName).valued(link -> link.name().text());
  }

  private static Column<LinkRow> mtu(int width) {
    return Column.of("MTU", width, "mtu", (LinkRow link) -> Integer.toString(link.mtu()))
        .valued(LinkRow::mtu);
  }

  private static Column<LinkRow> count(
      String title, int width, String key, ToLongFunction<LinkStats> counter) {
    return new Column<>(
        title,
        width,
        link -> Long.toString(counter.applyAsLong(link.stats())),
        key,
        link -> counter.applyAsLong(link.stats()));
  }

  private static Function<LinkRow, String> vnic(Function<LinkRow.Vnic, String> field) {
    return link -> link.vnic().map(field).orElse("");
  }

  private static String over(LinkRow link) {
    return link.vnic().map(LinkRow.Vnic::over).map(LinkName::text).orElse("");
  }

  private static List<String> allowedIps(LinkRow.Vnic vnic) {
    return vnic.protection().allowedIps().stream().map(Object::toString).toList();
  }

  /** The reasons that have dropped anything: {@code ip-spoof=3,unknown-unicast=1}. */
  private static String drops(LinkRow link) {
    return link.stats().drops().entrySet().stream()
        .filter(drop -> drop.getValue() > 0)
        .map(drop -> drop.getKey() + "=" + drop.getValue())
        .collect(Collectors.joining(","));
  }
}
