package io.arbalest.overlay.neighbour;

/**
 * Who has an address, as far as the directory says; one immutable picture of it.
 *
 * <p>MAC addresses are the low 48 bits of a {@code long}, first octet on the wire highest. Zero,
 * which no station may have, means "not known". Safe for use by several threads; allocates little.
 */
public interface AddressBook {
  /** The value that means "not known". */
  long NONE = 0;

  /** The MAC of an IPv4 address in network order, or {@link #NONE}. */
  long macOf(int ipv4);

  /** The MAC of an IPv6 address given as its two halves in network order, or {@link #NONE}. */
  long macOf(long high, long low);

  /** Whether the directory places this MAC on this host. */
  boolean isLocal(long mac);

  /** The station that gets this MAC's broadcast DHCP requests, or {@link #NONE}. */
  long dhcpProxyOf(long mac);
}
