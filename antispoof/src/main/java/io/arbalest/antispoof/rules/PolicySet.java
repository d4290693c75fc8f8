package io.arbalest.antispoof.rules;

/** A set of the port's policy that a condition can ask for membership. */
public enum PolicySet {
  /** IPv4 addresses that may be sent from, also those of others; key: the address. */
  SOURCE_IPV4(1),
  /** IPv6 addresses that may be sent from, also those of others; key: its two halves. */
  SOURCE_IPV6(2),
  /** IPv4 addresses that are the zone's own, which it may claim by ARP; key: the address. */
  OWN_IPV4(1),
  /** IPv6 addresses that are the zone's own, which it may claim by ND; key: its two halves. */
  OWN_IPV6(2),
  /** IPv4 addresses of servers that the zone trusts; key: the address. */
  TRUSTED_IPV4(1),
  /** IPv6 addresses of routers and servers that the zone trusts; key: its two halves. */
  TRUSTED_IPV6(2),
  /** MAC addresses beyond the VNIC's first one; key: the address in 48 bits. */
  MAC(1),
  /** The host's VTEPs over IPv4, of all ports; key: the address and the UDP port. */
  VTEP_IPV4(2),
  /** The host's VTEPs over IPv6, of all ports; key: the address's two halves and the UDP port. */
  VTEP_IPV6(3),
  /** DHCP client identifiers; key: bytes of the frame, see {@link Cond.MemberBytes}. */
  CLIENT_ID(0);

  private final int words;

  PolicySet(int words) {
    this.words = words;
  }

  /** How many numbers make a key. */
  public int words() {
    return words;
  }
}
