package io.arbalest.vnic;

import io.arbalest.linux.net.MacAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every address that frames reach a VNIC by.
 *
 * @param primary the VNIC's own
 * @param further secondary addresses, its own alone as well
 * @param shared the addresses of virtual routers, which it may share with other VNICs of its switch
 */
record PortMacs(MacAddress primary, Set<MacAddress> further, Set<MacAddress> shared) {
  /** IANA's addresses of virtual routers over IPv4 and IPv6, without the router's identifier. */
  private static final List<Long> VIRTUAL_ROUTERS = List.of(0x00005e_000100L, 0x00005e_000200L);

  private static final int MAX_VRID = 255;

  PortMacs {
    further = Collections.unmodifiableSet(new LinkedHashSet<>(further));
    shared = Collections.unmodifiableSet(new LinkedHashSet<>(shared));
  }

  /**
   * The addresses of a spec.
   *
   * @throws LinkException if a secondary address is no unicast address or is there twice, or a
   *     virtual router's identifier is out of range
   */
  static PortMacs of(VnicSpec spec) {
    Set<MacAddress> further = new LinkedHashSet<>();
    for (MacAddress mac : spec.protection().grants().macs()) {
      MacAssignment.fixed(mac);
      if (mac.equals(spec.mac().address()) || !further.add(mac)) {
        throw inUse(mac, spec.over());
      }
    }
    Set<MacAddress> shared = new LinkedHashSet<>();
    for (int vrid : spec.protection().grants().vrrp()) {
      shared.addAll(virtualRouter(vrid));
    }
    return new PortMacs(spec.mac().address(), further, shared);
  }

  static LinkException inUse(MacAddress mac, LinkName over) {
    return new LinkException(LinkStatus.MAC_ADDRESS_IN_USE, mac + " over " + over);
  }

  /** The addresses of RFC 9568 section 7.3, for IPv4 and for IPv6. */
  private static List<MacAddress> virtualRouter(int vrid) {
    if (vrid < 1 || vrid > MAX_VRID) {
      throw new LinkException(
          LinkStatus.INVALID_RANGE, "vrrp-ids " + vrid + ": 1 to " + MAX_VRID + " is allowed");
    }
    return VIRTUAL_ROUTERS.stream().map(prefix -> MacAddress.of(prefix + vrid)).toList();
  }

  /** Those that lead to this VNIC alone. */
  List<MacAddress> own() {
    List<MacAddress> own = new ArrayList<>();
    own.add(primary);
    own.addAll(further);
    return own;
  }

  /** Whether there are others than the primary one. */
  boolean isMore() {
    return !further.isEmpty() || !shared.isEmpty();
  }
}
