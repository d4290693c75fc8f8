package io.arbalest.antispoof.rules;

/**
 * A switch of a port's policy. The bit numbers are part of the layout of the policy map, which
 * outlives the daemon: never reuse one.
 */
public enum PolicyFlag {
  MAC_NOSPOOF(0),
  RESTRICTED(1),
  IP_NOSPOOF(2),
  DHCP_NOSPOOF(3),
  /** The guards beyond illumos. */
  GUARDS(4),
  /** There is nothing this port may send from: no allowed address and no method to get one. */
  ADDRESSLESS(8),
  /** The zone may ask for an address by DHCPv4. */
  METHOD_DHCPV4(9),
  /** The zone may ask for an address by DHCPv6. */
  METHOD_DHCPV6(10),
  /** The zone may make addresses from router advertisements. */
  METHOD_SLAAC(11),
  /** The zone may use any DHCP client identifier. */
  ALLOW_ALL_CLIENT_IDS(12),
  /** The zone may answer as a DHCP server. */
  GRANT_DHCP_SERVER(16),
  /** The zone may advertise itself as a router and redirect. */
  GRANT_ROUTER(17),
  /** What is not for the zone does not reach it. */
  OWN_ONLY(18),
  /** Router advertisements and redirects reach the zone from trusted routers alone. */
  RA_GUARD(19),
  /** DHCP and DHCPv6 servers' messages reach the zone from trusted servers alone. */
  DHCP_GUARD(20);

  private final int bit;

  PolicyFlag(int bit) {
    this.bit = bit;
  }

  /** The flag as a mask of one bit. */
  public int mask() {
    return 1 << bit;
  }
}
