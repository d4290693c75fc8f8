package io.arbalest.cli.host;

import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.HostSpec;
import java.util.List;
import java.util.Optional;

/**
 * What verbs may ask of a host. Listings are sorted by name; they may be asked for by several
 * threads, changes by one at a time.
 */
public interface HostView {
  /** What is wanted. */
  HostSpec desired();

  /**
   * Wants this from now on, and brings the kernel to it.
   *
   * @throws RuntimeException if that fails; nothing is changed then
   */
  void converge(HostSpec wanted);

  /** Every data link. */
  List<LinkRow> links();

  /** Every overlay. */
  List<OverlayRow> overlays();

  /** Every zone, the global one not among them. */
  List<ZoneRow> zones();

  /** Every address that a zone or the host itself has. */
  List<AddressRow> addresses();

  /** The command that enters a running zone; empty if there is no such zone. */
  Optional<List<String>> entry(ZoneName zone);
}
