package io.arbalest.vnic;

import io.arbalest.linux.rtnetlink.Links;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways out of the switches. For one thread. */
final class Uplinks {
  private final Links links;
  private final PortFilters filters;
  private final SwitchTable table;

  Uplinks(Links links, PortFilters filters, SwitchTable table) {
    this.links = links;
    this.filters = filters;
    this.table = table;
  }

  /** Makes a link the way out of a switch, in the place of the one it had. */
  void set(int switchId, int ifindex) {
    PortRecord record = PortRecord.uplink(switchId);
    int before = table.find(switchId).orElseThrow().uplink();
    filters.attachToUplink(ifindex);
    Optional<PortRecord> now = table.port(ifindex);
    if (!now.map(r -> r.with(SwitchLayout.PORT_WATCHED, false)).equals(Optional.of(record))) {
      table.connect(ifindex, record);
    }
    table.setUplink(switchId, ifindex);
    if (before != 0 && before != ifindex) {
      disconnect(before);
    }
  }

  /** Takes a switch's way out away, if it has one. */
  void clear(int switchId) {
    int before = table.find(switchId).orElseThrow().uplink();
    if (before != 0) {
      table.setUplink(switchId, 0);
      disconnect(before);
    }
  }

  private void disconnect(int uplink) {
    table.withdraw(List.of(uplink));
    table.forgetCounters(uplink);
  }

  /** Attaches the switch where it is missing or outdated, and says where. */
  List<PortReport> inspect() {
    List<PortReport> repaired = new ArrayList<>();
    for (SwitchRecord record : table.switches().values()) {
      int uplink = record.uplink();
      if (uplink != 0 && links.find(uplink).isPresent() && !filters.isOnUplink(uplink)) {
        filters.attachToUplink(uplink);
        String text = "uplink of " + record.name() + ": switch missing or replaced; attached again";
        repaired.add(new PortReport(Optional.empty(), PortReport.Outcome.REPAIRED, text));
      }
    }
    return repaired;
  }
}
