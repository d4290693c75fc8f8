package io.arbalest.antispoof.rules;

import static io.arbalest.antispoof.rules.DropGroup.DHCPSPOOFED;
import static io.arbalest.antispoof.rules.DropGroup.IPSPOOFED;
import static io.arbalest.antispoof.rules.DropGroup.MACSPOOFED;
import static io.arbalest.antispoof.rules.DropGroup.OTHER;
import static io.arbalest.antispoof.rules.DropGroup.RESTRICTED;

/**
 * Why a frame was dropped: a closed set.
 *
 * <p>Number and label are stable: the number is an index into the counters of the drops map, which
 * outlives the daemon, and the label is what scripts read. Neither is ever given to another reason.
 */
public enum DropReason {
  NO_POLICY(0, "no-policy", OTHER, "the port has no protection policy"),
  TRUNCATED(1, "truncated", OTHER, "the frame ends inside a header"),
  SOURCE_MAC_GROUP(2, "source-mac-group", MACSPOOFED, "the Ethernet source is a group address"),
  SOURCE_MAC_ZERO(3, "source-mac-zero", MACSPOOFED, "the Ethernet source is all zeros"),
  SOURCE_MAC(4, "source-mac", MACSPOOFED, "the Ethernet source is not the VNIC's MAC address"),
  VLAN_TAG(5, "vlan-tag", RESTRICTED, "the frame carries a VLAN tag"),
  LLC(6, "llc", RESTRICTED, "an 802.3 length with an LLC or SNAP header, not an EtherType"),
  ETHERTYPE(7, "ethertype", RESTRICTED, "the EtherType is not IPv4, ARP or IPv6"),
  NO_ADDRESS(8, "no-address", IPSPOOFED, "the VNIC has no address to send from"),
  ARP_FORMAT(9, "arp-format", IPSPOOFED, "ARP for other than Ethernet and IPv4"),
  ARP_OPERATION(10, "arp-operation", IPSPOOFED, "ARP that is neither request nor reply"),
  ARP_SENDER_MAC(11, "arp-sender-mac", IPSPOOFED, "the ARP sender is not the VNIC's MAC address"),
  ARP_SENDER_IP(12, "arp-sender-ip", IPSPOOFED, "the ARP sender is not an allowed address"),
  ARP_PROBE_TARGET(
      13, "arp-probe-target", IPSPOOFED, "an ARP probe for an address that is not allowed"),
  IPV4_VERSION(14, "ipv4-version", IPSPOOFED, "IPv4 by EtherType, another version inside"),
  IPV4_HEADER_LENGTH(15, "ipv4-header-length", IPSPOOFED, "an IPv4 header length under 20 bytes"),
  IPV4_LENGTH(
      16,
      "ipv4-length",
      IPSPOOFED,
      "an IPv4 total length under its header or over the frame, or a header that is cut off"),
  IPV4_SOURCE_LOOPBACK(
      17, "ipv4-source-loopback", IPSPOOFED, "the IPv4 source is a loopback address"),
  IPV4_SOURCE_GROUP(
      18, "ipv4-source-group", IPSPOOFED, "the IPv4 source is a multicast or broadcast address"),
  IPV4_SOURCE_UNSPECIFIED(
      19,
      "ipv4-source-unspecified",
      IPSPOOFED,
      "the IPv4 source is 0.0.0.0 and this is not a DHCP client's broadcast"),
  IPV4_SOURCE(20, "ipv4-source", IPSPOOFED, "the IPv4 source is not an allowed address"),
  DHCPV4_CLIENT(
      21,
      "dhcpv4-client",
      IPSPOOFED,
      "a DHCP client's message, and dhcpv4 is not a dynamic method"),
  DHCPV4_SERVER(
      22, "dhcpv4-server", DHCPSPOOFED, "a DHCP server's or relay's message without the grant"),
  IPV6_VERSION(23, "ipv6-version", IPSPOOFED, "IPv6 by EtherType, another version inside"),
  IPV6_LENGTH(
      24,
      "ipv6-length",
      IPSPOOFED,
      "an IPv6 payload length over the frame, or a header that is cut off"),
  IPV6_SOURCE_LOOPBACK(
      25, "ipv6-source-loopback", IPSPOOFED, "the IPv6 source is the loopback address"),
  IPV6_SOURCE_GROUP(26, "ipv6-source-group", IPSPOOFED, "the IPv6 source is a multicast address"),
  IPV6_SOURCE_MAPPED(
      27, "ipv6-source-mapped", IPSPOOFED, "the IPv6 source is an IPv4-mapped address"),
  IPV6_SOURCE_UNSPECIFIED(
      28,
      "ipv6-source-unspecified",
      IPSPOOFED,
      "the IPv6 source is :: and this is neither a DAD probe, a router solicitation nor MLD"),
  IPV6_SOURCE(29, "ipv6-source", IPSPOOFED, "the IPv6 source is not an allowed address"),
  IPV6_EXTENSION_LIMIT(
      30, "ipv6-extension-limit", IPSPOOFED, "more IPv6 extension headers than are followed"),
  DHCPV6_SERVER(
      31, "dhcpv6-server", DHCPSPOOFED, "a DHCPv6 server's or relay's message without the grant"),
  ND_HOP_LIMIT(32, "nd-hop-limit", IPSPOOFED, "neighbour discovery with a hop limit under 255"),
  ND_EXTENSION_HEADER(
      33, "nd-extension-header", IPSPOOFED, "neighbour discovery behind an extension header"),
  ND_FRAGMENT(34, "nd-fragment", IPSPOOFED, "neighbour discovery in a fragment (RFC 6980)"),
  ND_ROUTER_ADVERTISEMENT(
      35, "nd-router-advertisement", IPSPOOFED, "a router advertisement without the grant"),
  ND_REDIRECT(36, "nd-redirect", IPSPOOFED, "a redirect without the grant"),
  ND_TARGET(
      37,
      "nd-target",
      IPSPOOFED,
      "the advertised or probed address is neither allowed nor the own link-local one"),
  ND_PROBE_FORMAT(
      38,
      "nd-probe-format",
      IPSPOOFED,
      "from ::, with a link-layer address or to other than the group of its kind"),
  ND_OPTION_MALFORMED(
      39, "nd-option-malformed", IPSPOOFED, "a neighbour discovery option of impossible length"),
  ND_OPTION_DUPLICATE(
      40, "nd-option-duplicate", IPSPOOFED, "the same neighbour discovery option twice"),
  ND_OPTION_LIMIT(
      41, "nd-option-limit", IPSPOOFED, "more neighbour discovery options than are followed"),
  ND_LINK_ADDRESS(
      42,
      "nd-link-address",
      IPSPOOFED,
      "a source or target link-layer address option is not the VNIC's MAC address"),
  VLAN_CFI(43, "vlan-cfi", OTHER, "a VLAN tag with the CFI (DEI) bit, or cut off"),
  VTEP(44, "vtep", RESTRICTED, "UDP to a tunnel end point of this host"),
  DHCPV6_CLIENT(
      45,
      "dhcpv6-client",
      IPSPOOFED,
      "a DHCPv6 client's message, and dhcpv6 is not a dynamic method"),
  DHCPV4_CHADDR(
      46,
      "dhcpv4-chaddr",
      DHCPSPOOFED,
      "the DHCP client hardware address is not the VNIC's MAC address"),
  DHCPV4_CLIENT_ID(
      47, "dhcpv4-client-id", DHCPSPOOFED, "the DHCP client identifier is not an allowed one"),
  DHCPV6_CLIENT_ID(
      48, "dhcpv6-client-id", DHCPSPOOFED, "the DHCPv6 client identifier is not an allowed one"),
  DHCP_FRAGMENT(49, "dhcp-fragment", DHCPSPOOFED, "DHCP or DHCPv6 in a fragment"),
  DHCP_FORMAT(
      50, "dhcp-format", DHCPSPOOFED, "DHCP or DHCPv6 with impossible or missing header fields"),
  DHCPV4_OPERATION(
      51, "dhcpv4-operation", DHCPSPOOFED, "a DHCP client's ports, but not a client's message"),
  DHCP_OPTION_MALFORMED(
      52, "dhcp-option-malformed", DHCPSPOOFED, "a DHCP or DHCPv6 option of impossible length"),
  DHCP_OPTION_DUPLICATE(
      53, "dhcp-option-duplicate", DHCPSPOOFED, "the same DHCP or DHCPv6 option twice"),
  DHCP_OPTION_LIMIT(
      54, "dhcp-option-limit", DHCPSPOOFED, "more DHCP or DHCPv6 options than are followed"),
  DHCPV4_OVERLOAD(
      55, "dhcpv4-overload", DHCPSPOOFED, "DHCP options in the fields of other values (option 52)"),
  RX_NO_POLICY(56, "rx-no-policy", OTHER, "to a port that has no protection policy"),
  RX_TRUNCATED(57, "rx-truncated", OTHER, "to the zone, and the frame ends inside a header"),
  RX_DESTINATION(
      58, "rx-destination", OTHER, "to the zone, but for another MAC or IP address (own-only)"),
  RX_ROUTER(
      59,
      "rx-router",
      OTHER,
      "to the zone, a router advertisement or redirect of a router that is not trusted"),
  RX_DHCP_SERVER(
      60, "rx-dhcp-server", OTHER, "to the zone, DHCP or DHCPv6 of a server that is not trusted"),
  RX_HIDDEN(
      61,
      "rx-hidden",
      OTHER,
      "to the zone, a tag, fragment or chain of headers that could hide a router or server");

  /** How the labels of reasons start that apply on the way to the zone. */
  private static final String RECEIVER = "rx-";

  private final int number;
  private final String label;
  private final DropGroup group;
  private final String description;

  DropReason(int number, String label, DropGroup group, String description) {
    this.number = number;
    this.label = label;
    this.group = group;
    this.description = description;
  }

  /** The index of its counter. */
  public int number() {
    return number;
  }

  /** Its name for people and scripts, such as {@code arp-sender-ip}. */
  public String label() {
    return label;
  }

  /** The illumos counter that it belongs to. */
  public DropGroup group() {
    return group;
  }

  /**
   * Whether the frame was on its way to the zone. Such drops are errors of input; all others are
   * errors of output.
   */
  public boolean atReceiver() {
    return label.startsWith(RECEIVER);
  }

  /** What was wrong with the frame, as half a sentence. */
  public String description() {
    return description;
  }
}
