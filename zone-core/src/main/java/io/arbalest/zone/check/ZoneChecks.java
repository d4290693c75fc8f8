package io.arbalest.zone.check;

import io.arbalest.linux.netns.UserNamespace;
import io.arbalest.zone.Zone;
import io.arbalest.zone.check.Finding.Level;
import java.util.Collection;
import java.util.List;

/** Whether every zone is shut in a user namespace of its own. */
final class ZoneChecks {
  private ZoneChecks() {}

  static Finding of(Collection<Zone> zones) {
    try (UserNamespace here = UserNamespace.current()) {
      List<String> open =
          zones.stream()
              .filter(zone -> owner(zone) == here.inode())
              .map(zone -> zone.name().text())
              .sorted()
              .toList();
      return Finding.of(
          open.isEmpty(),
          Level.FAIL,
          "zones without a user namespace",
          open.isEmpty() ? "none" : String.join(", ", open),
          "the root of such a zone could take its filter off",
          "delete the zone and make it anew");
    }
  }

  private static long owner(Zone zone) {
    try (UserNamespace owner = zone.network().owner()) {
      return owner.inode();
    }
  }
}
