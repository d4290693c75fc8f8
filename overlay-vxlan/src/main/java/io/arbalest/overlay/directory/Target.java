package io.arbalest.overlay.directory;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.overlay.Vtep;
import java.util.Optional;

/**
 * A line of {@code dladm show-overlay -t}: where frames for a MAC address go.
 *
 * @param mac the station, or empty for every MAC address (a point-to-point overlay)
 * @param destination its VTEP
 */
public record Target(Optional<MacAddress> mac, Vtep destination) {
  /** The MAC address as illumos prints it: {@code 2:8:20:6b:10:d4} or {@code *:*:*:*:*:*}. */
  public String label() {
    return mac.map(MacAddress::toString).orElse("*:*:*:*:*:*");
  }
}
