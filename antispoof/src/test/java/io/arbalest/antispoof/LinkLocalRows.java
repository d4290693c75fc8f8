package io.arbalest.antispoof;

import static io.arbalest.antispoof.Frames.ICMP6;
import static io.arbalest.antispoof.Frames.IPV6;
import static io.arbalest.antispoof.Frames.LINK_LOCAL;
import static io.arbalest.antispoof.Frames.MAC;
import static io.arbalest.antispoof.Frames.TCP;
import static io.arbalest.antispoof.Frames.ethernet;
import static io.arbalest.antispoof.Frames.ipv6;
import static io.arbalest.antispoof.Frames.slla;
import static io.arbalest.antispoof.Frames.tcp;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.linux.net.MacAddress;
import java.util.List;

/**
 * Rows on link-local addresses, in each place where one may stand: those of the frame's MAC address
 * and of the VNIC's first one are the zone's, and no other is.
 */
final class LinkLocalRows {
  private static final MacAddress VIRTUAL = Policies.VIRTUAL_MAC6;
  private static final String OF_VIRTUAL = "fe80::200:5eff:fe00:207";
  private static final PortPolicy STRICT = Policies.fixed().virtualRouters(7).policy();
  private static final PortPolicy COMPAT =
      Policies.fixed().virtualRouters(7).modes("illumos-compat").policy();
  private static final String PEER = "fd00::9";

  /** Alike in one half, or beyond both. */
  private static final List<String> OTHERS =
      List.of(
          "fe80::1",
          "fe80::9:0:0:0",
          "fe80::ffff:0:0:0",
          "fec0::8:20ff:fe11:2233",
          "fd00::8:20ff:fe11:2233",
          "fec0::200:5eff:fe00:207",
          "fe80::8:20ff:fe11:2232",
          "fe80::200:5eff:fe00:206");

  private LinkLocalRows() {}

  /** A place for an address. */
  private interface Place {
    byte[] frame(MacAddress mac, String address);
  }

  static void addTo(DecisionTable table) {
    each(table, "source", DropReason.IPV6_SOURCE, LinkLocalRows::traffic);
    each(table, "source of NS", DropReason.IPV6_SOURCE, LinkLocalRows::solicitation);
    each(table, "target of NA", DropReason.ND_TARGET, LinkLocalRows::advertisement);
  }

  private static byte[] traffic(MacAddress mac, String address) {
    return ethernet(mac, IPV6, ipv6(64, address, PEER, TCP, tcp(1, 2)));
  }

  private static byte[] solicitation(MacAddress mac, String address) {
    return ethernet(mac, IPV6, ipv6(address, PEER, ICMP6, Frames.solicitation(PEER, slla(mac))));
  }

  private static byte[] advertisement(MacAddress mac, String address) {
    return ethernet(mac, IPV6, ipv6("fd00::5", PEER, ICMP6, Frames.advertisement(address)));
  }

  /** Of addresses with other bits. */
  private static void even(DecisionTable table, String form, PortPolicy like, Place place) {
    MacAddress even = MacAddress.parse("2:8:20:11:22:34");
    MacAddress virtual = MacAddress.parse("0:0:5e:0:2:8");
    Policies policies = Policies.fixed().mac(even).virtualRouters(8);
    PortPolicy policy = policies.modes(like.protection().toString().split(",")).policy();
    table.pass(form + "even", policy, place.frame(virtual, "fe80::8:20ff:fe11:2234"));
    table.pass(form + "even, virtual", policy, place.frame(virtual, "fe80::200:5eff:fe00:208"));
  }

  private static void each(DecisionTable table, String where, DropReason reason, Place place) {
    for (PortPolicy policy : List.of(STRICT, COMPAT)) {
      String form = where + (policy.protection().compat() ? ", compat: " : ": ");
      table.pass(form + "first of first", policy, place.frame(MAC, LINK_LOCAL));
      table.pass(form + "first of virtual", policy, place.frame(VIRTUAL, LINK_LOCAL));
      table.pass(form + "virtual of virtual", policy, place.frame(VIRTUAL, OF_VIRTUAL));
      table.drop(form + "virtual of first", policy, reason, place.frame(MAC, OF_VIRTUAL));
      even(table, form, policy, place);
      for (String other : OTHERS) {
        table.drop(form + other + " of first", policy, reason, place.frame(MAC, other));
        table.drop(form + other + " of virtual", policy, reason, place.frame(VIRTUAL, other));
      }
    }
  }
}
