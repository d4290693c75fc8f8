package io.arbalest.cli.host;

import io.arbalest.linux.rtnetlink.Address;
import io.arbalest.vnic.ZoneName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names addresses as {@code ipadm} does.
 *
 * <p>The kernel keeps no name for an address, so it is made of what the address is: {@code v4},
 * {@code v6}, or {@code addrconf} for what IPv6 configured itself; the second of a kind on a link
 * is {@code v4-2}. One object of this class names the addresses of one stack.
 */
final class AddressLabels {
  private static final int SCOPE_LINK = 253;
  private static final String STATIC = "static";
  private static final String ADDRCONF = "addrconf";
  private static final String DHCP = "dhcp";

  private final Map<String, Integer> seen = new HashMap<>();

  /** The row of the next address of a link. */
  AddressRow row(Optional<ZoneName> zone, String link, Address address) {
    String type = type(address);
    String base = type.equals(STATIC) ? family(address) : type;
    int count = seen.merge(link + "/" + base, 1, Integer::sum);
    String label = count == 1 ? base : base + "-" + count;
    return new AddressRow(zone, link, label, type, state(address), address.prefix());
  }

  private static String family(Address address) {
    return address.prefix().isIpv4() ? "v4" : "v6";
  }

  private static String type(Address address) {
    if (address.prefix().isIpv4()) {
      return address.permanent() ? STATIC : DHCP;
    }
    return address.permanent() && address.scope() != SCOPE_LINK ? STATIC : ADDRCONF;
  }

  private static String state(Address address) {
    if (address.duplicate()) {
      return "duplicate";
    }
    return address.tentative() ? "tentative" : "ok";
  }
}
