package io.arbalest.overlay.directory;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.overlay.Vtep;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;

/**
 * One station of an overlay.
 *
 * @param mac its unicast MAC address
 * @param vtep where its frames go
 * @param arp its IPv4 addresses
 * @param ndp its IPv6 addresses, without the link-local one that the MAC implies
 * @param dhcpProxy the station that gets its broadcast DHCP requests
 */
public record DirectoryEntry(
    MacAddress mac,
    Vtep vtep,
    List<Inet4Address> arp,
    List<Inet6Address> ndp,
    Optional<MacAddress> dhcpProxy) {
  /**
   * @throws IllegalArgumentException if a MAC address is zero or a group
   */
  public DirectoryEntry {
    requireUnicast(mac);
    dhcpProxy.ifPresent(DirectoryEntry::requireUnicast);
    arp = List.copyOf(arp);
    ndp = List.copyOf(ndp);
  }

  private static void requireUnicast(MacAddress mac) {
    if (!mac.isUnicast()) {
      throw new IllegalArgumentException(
          "invalid MAC address '" + mac + "': a unicast address is allowed");
    }
  }
}
