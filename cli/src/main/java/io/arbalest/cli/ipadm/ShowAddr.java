package io.arbalest.cli.ipadm;

import io.arbalest.cli.host.AddressRow;
import io.arbalest.cli.host.HostView;
import io.arbalest.cli.table.Column;
import io.arbalest.cli.table.Table;
import io.arbalest.cli.verb.Action;
import io.arbalest.cli.verb.Listing;
import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.cli.verb.Words;
import io.arbalest.vnic.ZoneName;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code show-addr}: the addresses of all zones, each object's name behind its zone's; with {@code
 * -z} those of one zone, as that zone's own administrator would see them.
 */
final class ShowAddr implements Action {
  private final HostView host;
  private final Session session;

  @Mixin private final Listing listing = Listing.terse();

  @Option(names = {"-z", "--zone"})
  private Optional<String> zone = Optional.empty();

  @Parameters(arity = "0..1")
  private Optional<String> name = Optional.empty();

  ShowAddr(HostView host, Session session) {
    this.host = host;
    this.session = session;
  }

  @Override
  public int run() {
    zone.ifPresent(this::requireZone);
    List<AddressRow> found =
        host.addresses().stream()
            .filter(row -> zone.isEmpty() || zone.get().equals(zoneOf(row)))
            .filter(row -> name.isEmpty() || isNamed(row, name.get()))
            .toList();
    if (found.isEmpty() && name.isPresent()) {
      throw new VerbException("Address object not found");
    }
    session.out(listing.writer(table(), session).all(found));
    return 0;
  }

  private void requireZone(String wanted) {
    boolean known =
        wanted.equals(ZoneName.GLOBAL)
            || host.zones().stream().anyMatch(row -> row.name().text().equals(wanted));
    if (!known) {
      throw new VerbException("zone '" + Words.printable(wanted) + "' unknown");
    }
  }

  private Table<AddressRow> table() {
    return new Table<>(
        List.of(
            Column.of("ADDROBJ", 18, "addrobj", this::shownName).valued(ShowAddr::object),
            Column.of("TYPE", 9, "type", AddressRow::type),
            Column.of("STATE", 13, "state", AddressRow::state),
            Column.of("ADDR", 46, "addr", row -> row.address().toString()),
            Column.of("ZONE", 20, "zone", row -> row.zone().map(ZoneName::text).orElse(""))),
        4);
  }

  private String shownName(AddressRow row) {
    return zone.isPresent() ? object(row) : fullName(row);
  }

  private static String object(AddressRow row) {
    return row.link() + "/" + row.label();
  }

  private static String fullName(AddressRow row) {
    return row.zone().map(owner -> owner + "/" + object(row)).orElse(object(row));
  }

  private static boolean isNamed(AddressRow row, String name) {
    return object(row).equals(name)
        || fullName(row).equals(name)
        || row.link().equals(name)
        || (row.link() + "/").equals(name);
  }

  private static String zoneOf(AddressRow row) {
    return row.zone().map(ZoneName::text).orElse(ZoneName.GLOBAL);
  }
}
