package io.arbalest.cli.lab;

import io.arbalest.cli.table.Column;
import io.arbalest.cli.table.Table;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.zone.lab.LabRecord;
import io.arbalest.zone.lab.LabSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One VNIC of a lab, as {@code lab up} shows it. */
record LabRow(
    String zone, String host, String vnic, String over, String mac, List<IpPrefix> addresses) {

  static final Table<LabRow> TABLE =
      Table.of(
          List.of(
              Column.of("ZONE", 15, "zone", LabRow::zone),
              Column.of("HOST", 15, "host", LabRow::host),
              Column.of("VNIC", 9, "vnic", LabRow::vnic),
              Column.of("OVER", 11, "over", LabRow::over),
              Column.of("MACADDRESS", 18, "macAddress", LabRow::mac),
              new Column<>("ADDRESS", 30, LabRow::addressText, "addresses", LabRow::addresses)));

  static List<LabRow> of(LabSpec lab, LabRecord record) {
    List<LabRow> rows = new ArrayList<>();
    lab.zones()
        .forEach(
            (zone, at) -> {
              for (LabSpec.Net net : at.net()) {
                MacAddress mac = record.macs().get(zone + "/" + net.vnic());
                rows.add(
                    new LabRow(
                        zone.text(),
                        at.host().text(),
                        net.vnic().text(),
                        net.over(),
                        String.valueOf(mac),
                        net.addresses()));
              }
            });
    return rows;
  }

  private String addressText() {
    return addresses.stream().map(IpPrefix::toString).collect(Collectors.joining(","));
  }
}
