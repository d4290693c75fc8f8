package io.arbalest.zone;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.vnic.VnicKey;
import java.util.HashSet;
import java.util.List;

/**
 * The addresses that the host puts on a VNIC's zone end.
 *
 * @param vnic which VNIC
 * @param prefixes host addresses with the length of their network's prefix, in the order given
 */
public record AddressSpec(VnicKey vnic, List<IpPrefix> prefixes) {
  public AddressSpec {
    prefixes = List.copyOf(prefixes);
    var seen = new HashSet<>();
    for (IpPrefix prefix : prefixes) {
      if (prefix.address().isAnyLocalAddress() || prefix.address().isMulticastAddress()) {
        throw new SpecException(
            "vnic " + vnic + ": address", prefix, "must be a unicast address, not 0 or a group");
      }
      if (!seen.add(prefix.address())) {
        throw new SpecException("vnic " + vnic + ": address", prefix, "is given twice");
      }
    }
  }
}
