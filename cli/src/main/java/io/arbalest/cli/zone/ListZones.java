package io.arbalest.cli.zone;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.host.ZoneRow;
import io.arbalest.cli.table.Column;
import io.arbalest.cli.table.JsonRows;
import io.arbalest.cli.table.ParsableRows;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.UsageException;
import io.arbalest.cli.verb.VerbException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/**
 * {@code zoneadm list}: the running zones, the global one first; {@code -c} and {@code -i} add
 * those that do not run.
 */
final class ListZones implements Action {
  private static final String RUNNING = "running";
  private static final String FORMAT = "%4s %-16s %-10s %-30s %-8s %-6s%n";

  private final HostView host;
  private final Session session;
  private final Optional<String> zone;

  @Option(names = "-c")
  private boolean configured;

  @Option(names = "-i")
  private boolean installed;

  @Option(names = "-n")
  private boolean withoutGlobal;

  @Option(names = "-p")
  private boolean parsable;

  @Option(names = "-v")
  private boolean verbose;

  @Option(names = "--json")
  private boolean json;

  /** What one line says, whichever form it has. */
  private record Line(
      String id, String name, String state, String path, String brand, String ipType) {
    static final Line GLOBAL = new Line("0", "global", RUNNING, "/", "linux", "shared");

    static Line of(ZoneRow zone) {
      boolean runs = zone.state().equals(RUNNING);
      String id = runs ? Integer.toString(zone.id()) : "-";
      return new Line(id, zone.name().text(), zone.state(), zone.path(), zone.brand(), "excl");
    }

    /** {@code id:name:state:path:uuid:brand:ip-type:debugid}; zones here have no uuid. */
    String parsable() {
      return Stream.of(id, name, state, path, "", brand, ipType, id)
          .map(ParsableRows::escape)
          .collect(Collectors.joining(":", "", "\n"));
    }

    String verbose() {
      return String.format(Locale.ROOT, FORMAT, id, name, state, path, brand, ipType);
    }
  }

  private static final List<Column<Line>> KEYS =
      List.of(
          Column.of("ID", 4, "id", Line::id)
              .valued(line -> line.id().equals("-") ? "" : Integer.valueOf(line.id())),
          Column.of("NAME", 16, "name", Line::name),
          Column.of("STATUS", 10, "state", Line::state),
          Column.of("PATH", 30, "path", Line::path),
          Column.of("BRAND", 8, "brand", Line::brand),
          Column.of("IP", 6, "ipType", Line::ipType));

  ListZones(HostView host, Session session, Optional<String> zone) {
    this.host = host;
    this.session = session;
    this.zone = zone;
  }

  @Override
  public int run() {
    if (parsable && verbose) {
      throw new VerbException("list -p and -v are mutually exclusive.");
    }
    if (zone.isPresent() && (configured || installed || withoutGlobal)) {
      throw new UsageException("");
    }
    session.out(show(lines()));
    return 0;
  }

  private List<Line> lines() {
    Stream<Line> zones =
        host.zones().stream()
            .filter(row -> zone.isPresent() || configured || installed || runs(row))
            .map(Line::of);
    Stream<Line> all = withoutGlobal ? zones : Stream.concat(Stream.of(Line.GLOBAL), zones);
    return all.filter(line -> zone.isEmpty() || zone.get().equals(line.name())).toList();
  }

  private static boolean runs(ZoneRow zone) {
    return zone.state().equals(RUNNING);
  }

  private String show(List<Line> lines) {
    if (json) {
      return new JsonRows<>(KEYS).all(lines);
    }
    if (parsable) {
      return lines.stream().map(Line::parsable).collect(Collectors.joining());
    }
    if (verbose) {
      String head =
          String.format(Locale.ROOT, FORMAT, "ID", "NAME", "STATUS", "PATH", "BRAND", "IP");
      return lines.stream().map(Line::verbose).collect(Collectors.joining("", head, ""));
    }
    return lines.stream().map(line -> line.name() + "\n").collect(Collectors.joining());
  }
}
