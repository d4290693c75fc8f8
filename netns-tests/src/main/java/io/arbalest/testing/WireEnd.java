package io.arbalest.testing;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.rtnetlink.NewLink;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import java.util.List;

/**
 * One end of a wire to be.
 *
 * @param link what the wire is called in the zone, 1 to 15 characters
 * @param addresses what the end shall have, with the length of the network's prefix
 */
public record WireEnd(TestZone zone, String link, List<IpPrefix> addresses) {
  public WireEnd {
    addresses = List.copyOf(addresses);
  }

  NewLink toLink() {
    return NewLink.named(link).in(zone.network());
  }

  void raise() {
    try (Rtnetlink kernel = Rtnetlink.open(zone.network())) {
      int index = kernel.links().get(link).index();
      kernel.links().setUp(index);
      addresses.forEach(address -> kernel.addresses().addWithoutDetection(index, address));
    }
  }
}
