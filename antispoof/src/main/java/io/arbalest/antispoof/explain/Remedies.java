package io.arbalest.antispoof.explain;

import io.arbalest.antispoof.rules.DropReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The remedies, by reason. A new reason needs one here. */
final class Remedies {
  private static final String ADDRESSES =
      "Allow the address if it is the zone's, or let the zone get it by a dynamic method.";
  private static final String FORGED =
      "No honest sender makes such a frame; look at what runs in the zone.";
  private static final String FOLLOWED =
      "No honest sender needs it; look at what runs in the zone.";

  private static final Map<DropReason, Remedy> ALL = new EnumMap<>(DropReason.class);

  static {
    link();
    arp();
    ipv4();
    ipv6();
    neighbours();
    dhcp();
    reception();
  }

  private Remedies() {}

  static Optional<Remedy> find(DropReason reason) {
    return Optional.ofNullable(ALL.get(reason));
  }

  private static void link() {
    never(
        DropReason.NO_POLICY,
        "The port has no policy: it is being made or removed, or 'arbalest check' says why.");
    never(DropReason.TRUNCATED, FORGED);
    guard(DropReason.SOURCE_MAC_GROUP, FORGED);
    guard(DropReason.SOURCE_MAC_ZERO, FORGED);
    grant(
        DropReason.SOURCE_MAC,
        add("secondary-macs", Remedy.MAC),
        "Add the MAC address if the zone shall use it; for VRRP, set vrrp-ids instead.",
        "secondary-macs",
        "vrrp-ids",
        "protection");
    guard(
        DropReason.VLAN_TAG,
        "A VNIC carries no VLANs; send without a tag, also without a priority tag.");
    guard(DropReason.VLAN_CFI, "A VNIC carries no VLANs; send without a tag.");
    grant(
        DropReason.LLC,
        remove("protection", "restricted"),
        "Spanning tree and the like have no business on a VNIC; without 'restricted' they pass.",
        "protection");
    grant(
        DropReason.ETHERTYPE,
        remove("protection", "restricted"),
        "Only IPv4, ARP and IPv6 leave a VNIC that is 'restricted'.",
        "protection");
    guard(
        DropReason.VTEP,
        "Nobody in a zone may talk to this host's tunnel end points: it could forge other"
            + " zones' frames.");
    grant(
        DropReason.NO_ADDRESS,
        add("allowed-ips", Remedy.ADDRESS),
        "The VNIC has no address and no way to get one: " + ADDRESSES,
        "allowed-ips",
        "dynamic-methods",
        "learned-ips");
  }

  private static void arp() {
    guard(DropReason.ARP_FORMAT, FORGED);
    guard(DropReason.ARP_OPERATION, FOLLOWED);
    claim(DropReason.ARP_SENDER_MAC);
    own(DropReason.ARP_SENDER_IP);
    own(DropReason.ARP_PROBE_TARGET);
  }

  private static void ipv4() {
    guard(DropReason.IPV4_VERSION, FORGED);
    guard(DropReason.IPV4_HEADER_LENGTH, FORGED);
    guard(DropReason.IPV4_LENGTH, FORGED);
    guard(DropReason.IPV4_SOURCE_LOOPBACK, FORGED);
    guard(DropReason.IPV4_SOURCE_GROUP, FORGED);
    grant(
        DropReason.IPV4_SOURCE_UNSPECIFIED,
        add("dynamic-methods", "dhcpv4"),
        "0.0.0.0 is a source for DHCP clients only, in a broadcast.",
        "dynamic-methods");
    source(DropReason.IPV4_SOURCE);
  }

  private static void ipv6() {
    guard(DropReason.IPV6_VERSION, FORGED);
    guard(DropReason.IPV6_LENGTH, FORGED);
    guard(DropReason.IPV6_SOURCE_LOOPBACK, FORGED);
    guard(DropReason.IPV6_SOURCE_GROUP, FORGED);
    guard(DropReason.IPV6_SOURCE_MAPPED, FORGED);
    guard(
        DropReason.IPV6_SOURCE_UNSPECIFIED,
        ":: is a source for duplicate detection, router solicitations and MLD only.");
    source(DropReason.IPV6_SOURCE);
    guard(DropReason.IPV6_EXTENSION_LIMIT, FOLLOWED);
  }

  private static void neighbours() {
    guard(DropReason.ND_HOP_LIMIT, FORGED);
    guard(DropReason.ND_EXTENSION_HEADER, FOLLOWED);
    guard(DropReason.ND_FRAGMENT, FOLLOWED);
    grant(
        DropReason.ND_ROUTER_ADVERTISEMENT,
        add("roles", "router"),
        "Give the zone the role if it is a router of this network.",
        "roles");
    grant(
        DropReason.ND_REDIRECT,
        add("roles", "router"),
        "Give the zone the role if it is a router of this network.",
        "roles");
    own(DropReason.ND_TARGET);
    guard(DropReason.ND_PROBE_FORMAT, FORGED);
    guard(DropReason.ND_OPTION_MALFORMED, FORGED);
    guard(DropReason.ND_OPTION_DUPLICATE, FORGED);
    guard(DropReason.ND_OPTION_LIMIT, FOLLOWED);
    claim(DropReason.ND_LINK_ADDRESS);
  }

  private static void dhcp() {
    method(DropReason.DHCPV4_CLIENT, "dhcpv4");
    method(DropReason.DHCPV6_CLIENT, "dhcpv6");
    server(DropReason.DHCPV4_SERVER);
    server(DropReason.DHCPV6_SERVER);
    claim(DropReason.DHCPV4_CHADDR);
    client(DropReason.DHCPV4_CLIENT_ID);
    client(DropReason.DHCPV6_CLIENT_ID);
    guard(DropReason.DHCP_FRAGMENT, "DHCP fits into one packet. " + FORGED);
    guard(DropReason.DHCP_FORMAT, FORGED);
    guard(DropReason.DHCPV4_OPERATION, FORGED);
    guard(DropReason.DHCP_OPTION_MALFORMED, FORGED);
    guard(DropReason.DHCP_OPTION_DUPLICATE, FORGED);
    guard(DropReason.DHCP_OPTION_LIMIT, FOLLOWED);
    guard(DropReason.DHCPV4_OVERLOAD, FOLLOWED);
  }

  private static void reception() {
    never(
        DropReason.RX_NO_POLICY,
        "The port has no policy: it is being made or removed, or 'arbalest check' says why.");
    never(DropReason.RX_TRUNCATED, "Somebody sends this zone frames that end inside a header.");
    grant(
        DropReason.RX_DESTINATION,
        remove("reception", "own-only"),
        "With own-only the zone gets what is addressed to it and nothing else; a router cannot"
            + " live with that.",
        "reception",
        "allowed-ips",
        "learned-ips",
        "secondary-macs");
    trust(DropReason.RX_ROUTER, "router");
    trust(DropReason.RX_DHCP_SERVER, "DHCP server");
    grant(
        DropReason.RX_HIDDEN,
        remove("reception", "ra-guard", "dhcp-guard"),
        "What could hide a router's or server's message is kept away while its guard is on.",
        "reception");
  }

  /** No setting lets it through but the end of protection. */
  private static void never(DropReason reason, String advice) {
    ALL.put(reason, new Remedy(List.of(), Optional.empty(), advice));
  }

  /** A guard beyond illumos's modes: what it drops passes in illumos's own way of protecting. */
  private static void guard(DropReason reason, String advice) {
    ALL.put(reason, new Remedy(List.of("protection"), Optional.empty(), advice));
  }

  /** The payload must name the MAC address that the frame comes from. */
  private static void claim(DropReason reason) {
    ALL.put(
        reason,
        new Remedy(
            List.of("secondary-macs", "vrrp-ids"),
            Optional.empty(),
            "The frame speaks for another MAC address than it comes from. If that is the zone's"
                + " too, list it in secondary-macs or vrrp-ids, and let the zone send from it."));
  }

  private static void grant(
      DropReason reason, Remedy.Change change, String advice, String... properties) {
    ALL.put(reason, new Remedy(List.of(properties), Optional.of(change), advice));
  }

  private static Remedy.Change add(String property, String value) {
    return new Remedy.Change(property, List.of(value), List.of());
  }

  private static Remedy.Change remove(String property, String... values) {
    return new Remedy.Change(property, List.of(), List.of(values));
  }

  private static void own(DropReason reason) {
    grant(
        reason,
        add("allowed-ips", Remedy.ADDRESS),
        ADDRESSES,
        "allowed-ips",
        "dynamic-methods",
        "learned-ips");
  }

  private static void source(DropReason reason) {
    grant(
        reason,
        add("allowed-ips", Remedy.ADDRESS),
        ADDRESSES + " If it forwards for others, set routed-prefixes.",
        "allowed-ips",
        "routed-prefixes",
        "dynamic-methods",
        "learned-ips");
  }

  private static void method(DropReason reason, String method) {
    grant(
        reason,
        add("dynamic-methods", method),
        "Let the zone get addresses by " + method + " if it shall.",
        "dynamic-methods");
  }

  private static void server(DropReason reason) {
    grant(
        reason,
        add("roles", "dhcp-server"),
        "Give the zone the role if it is the DHCP server of this network.",
        "roles");
  }

  private static void client(DropReason reason) {
    grant(
        reason,
        add("allowed-dhcp-cids", Remedy.IDENTIFIER),
        "List the identifier, or set allow-all-dhcp-cids=true.",
        "allowed-dhcp-cids",
        "allow-all-dhcp-cids");
  }

  private static void trust(DropReason reason, String what) {
    grant(
        reason,
        add("trusted-servers", Remedy.ADDRESS),
        "List the address if that is a " + what + " of this network.",
        "trusted-servers",
        "reception");
  }
}
