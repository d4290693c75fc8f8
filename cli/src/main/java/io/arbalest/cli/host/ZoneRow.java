package io.arbalest.cli.host;

import io.arbalest.vnic.ZoneName;

/**
 * A zone.
 *
 * @param id the number of its user namespace's range; an illumos zone's id is as short-lived
 * @param state a word of illumos's: {@code configured}, {@code running}
 * @param path where its network namespace is pinned
 * @param brand what kind of zone it is
 */
public record ZoneRow(ZoneName name, int id, String state, String path, String brand) {}
