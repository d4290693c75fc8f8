package io.arbalest.cli.protection;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.explain.Dissection;
import io.arbalest.cli.table.Column;
import io.arbalest.cli.table.Table;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.host.SeenDrop;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;

/** What {@code drops} shows of a dropped frame. */
final class DropRow {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** For people; programs get a few more. */
  static final Table<SeenDrop> TABLE =
      new Table<>(
          List.of(
              Column.of("TIME", 26, "time", DropRow::time),
              Column.of("LINK", 15, "link", DropRow::link),
              Column.of("DIRECTION", 10, "direction", drop -> word(drop.event().direction())),
              Column.of("REASON", 24, "reason", drop -> drop.event().reason().label()),
              number("LENGTH", 7, "length", drop -> drop.event().length()),
              number("SUPPRESSED", 11, "suppressed", drop -> drop.event().suppressed()),
              Column.of("FRAME", 60, "frame", DropRow::frame),
              Column.of("ZONE", 15, "zone", DropRow::zone),
              number("IFINDEX", 8, "ifindex", drop -> drop.event().ifindex()),
              Column.of("HEAD", 60, "head", DropRow::head)),
          7);

  private DropRow() {}

  private interface Count {
    long of(SeenDrop drop);
  }

  private static Column<SeenDrop> number(String title, int width, String key, Count number) {
    return new Column<>(title, width, drop -> Long.toString(number.of(drop)), key, number::of);
  }

  private static String time(SeenDrop drop) {
    return TIME.format(Instant.ofEpochMilli(drop.wallMillis()));
  }

  private static String link(SeenDrop drop) {
    return drop.vnic().map(VnicKey::toString).orElse("");
  }

  private static String zone(SeenDrop drop) {
    return drop.vnic().flatMap(VnicKey::zone).map(ZoneName::text).orElse("");
  }

  private static String frame(SeenDrop drop) {
    return Dissection.of(drop.event().head()).summary();
  }

  private static String head(SeenDrop drop) {
    return HexFormat.of().formatHex(drop.event().head());
  }

  /** {@code from-zone} or {@code to-zone}. */
  static String word(Direction direction) {
    return switch (direction) {
      case FROM_ZONE -> "from-zone";
      case TO_ZONE -> "to-zone";
    };
  }
}
