package io.arbalest.antispoof;

import io.arbalest.linux.net.MacAddress;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * MAC addresses that are a zone's beside the first one of its VNIC.
 *
 * @param secondary illumos's {@code secondary-macs}: unicast
 * @param virtualRouters identifiers of VRRP, RFC 5798: 1 to 255. Each stands for its two addresses,
 *     that of IPv4 and that of IPv6.
 */
public record FurtherMacs(Set<MacAddress> secondary, Set<Integer> virtualRouters) {
  /** No further address. */
  public static final FurtherMacs NONE = new FurtherMacs(Set.of(), Set.of());

  /** How many may be listed. */
  public static final int MAX = 32;

  private static final long VIRTUAL_IPV4 = 0x0000_5e00_0100L;
  private static final long VIRTUAL_IPV6 = 0x0000_5e00_0200L;

  public FurtherMacs {
    secondary = Collections.unmodifiableSet(new LinkedHashSet<>(secondary));
    virtualRouters = Collections.unmodifiableSet(new TreeSet<>(virtualRouters));
    Limits.atMost("secondary-macs", secondary, MAX);
    secondary.forEach(FurtherMacs::checkUnicast);
    virtualRouters.forEach(FurtherMacs::checkIdentifier);
  }

  private static void checkUnicast(MacAddress mac) {
    if (!mac.isUnicast()) {
      throw InvalidPolicyException.of("secondary-macs", mac, "unicast addresses are allowed");
    }
  }

  private static void checkIdentifier(int identifier) {
    if (identifier < 1 || identifier > 255) {
      throw InvalidPolicyException.of("vrrp-ids", identifier, "1 to 255 are allowed");
    }
  }

  /** The addresses of the virtual routers. */
  Set<MacAddress> virtual() {
    Set<MacAddress> macs = new LinkedHashSet<>();
    for (int identifier : virtualRouters) {
      macs.add(MacAddress.of(VIRTUAL_IPV4 | identifier));
      macs.add(MacAddress.of(VIRTUAL_IPV6 | identifier));
    }
    return macs;
  }

  /** All of them. */
  Set<MacAddress> all() {
    Set<MacAddress> macs = new LinkedHashSet<>(secondary);
    macs.addAll(virtual());
    return macs;
  }
}
