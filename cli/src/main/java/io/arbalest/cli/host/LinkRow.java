package io.arbalest.cli.host;

import io.arbalest.vnic.LinkClass;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.LinkStats;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.ZoneName;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A data link.
 *
 * @param zone the zone that has it; empty for the global zone
 * @param name its name there
 * @param kind its class
 * @param mtu in bytes
 * @param state {@code up}, {@code down} or {@code unknown}
 * @param stats what passed it
 * @param vnic what only a VNIC has
 */
public record LinkRow(
    Optional<ZoneName> zone,
    LinkName name,
    LinkClass kind,
    int mtu,
    String state,
    LinkStats stats,
    Optional<Vnic> vnic) {

  /**
   * What only a VNIC has.
   *
   * @param over its lower link
   * @param mac its address
   * @param protection what its guard enforces
   */
  public record Vnic(LinkName over, MacAssignment mac, ProtectionSpec protection) {}

  /** {@code web/net0}; {@code net0} in the global zone. */
  public String fullName() {
    return zone.map(z -> z + "/" + name).orElse(name.text());
  }

  /** The same link with what passed it since an earlier look. */
  public LinkRow since(LinkRow earlier) {
    SortedMap<String, Long> drops = new TreeMap<>(stats.drops());
    earlier.stats.drops().forEach((reason, count) -> drops.merge(reason, -count, Long::sum));
    LinkStats added =
        new LinkStats(
            added(earlier.stats.in(), stats.in()), added(earlier.stats.out(), stats.out()), drops);
    return new LinkRow(zone, name, kind, mtu, state, added, vnic);
  }

  private static LinkStats.Traffic added(LinkStats.Traffic before, LinkStats.Traffic now) {
    return new LinkStats.Traffic(
        now.packets() - before.packets(),
        now.bytes() - before.bytes(),
        now.errors() - before.errors());
  }
}
