package io.arbalest.antispoof;

import io.arbalest.linux.net.IpPrefix;
import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The addresses that a VNIC's policy knows. Of each list no network is there twice, and all host
 * bits are zero.
 *
 * @param allowed illumos's {@code allowed-ips}: the zone may send from them and claim them
 * @param learned what the zone has got by dynamic methods: the same rights
 * @param routed networks behind the zone, whose packets it may forward, but whose addresses it may
 *     not claim
 * @param trusted addresses of the routers and DHCP servers whose messages may reach a guarded zone
 */
public record Networks(
    List<IpPrefix> allowed,
    Set<InetAddress> learned,
    List<IpPrefix> routed,
    List<IpPrefix> trusted) {
  /** How many networks each list may have. */
  public static final int MAX = 16_384;

  /** No address at all. */
  public static final Networks NONE = allowing(List.of());

  public Networks {
    allowed = checked("allowed-ips", allowed);
    learned = Collections.unmodifiableSet(new LinkedHashSet<>(learned));
    routed = checked("routed-prefixes", routed);
    trusted = checked("trusted-servers", trusted);
  }

  /** A fixed list of addresses, and nothing else. */
  public static Networks allowing(List<IpPrefix> allowed) {
    return new Networks(allowed, Set.of(), List.of(), List.of());
  }

  private static List<IpPrefix> checked(String field, List<IpPrefix> networks) {
    Limits.atMost(field, networks, MAX);
    networks.forEach(network -> check(field, network));
    return List.copyOf(Limits.distinct(field, networks));
  }

  private static void check(String field, IpPrefix prefix) {
    if (!prefix.network().equals(prefix)) {
      throw InvalidPolicyException.of(
          field,
          prefix,
          "host bits must be zero; %s or %s is allowed"
              .formatted(IpPrefix.host(prefix.address()), prefix.network()));
    }
    boolean host = prefix.length() == prefix.address().getAddress().length * Byte.SIZE;
    if (host && prefix.address().isAnyLocalAddress()) {
      throw InvalidPolicyException.of(field, prefix, "the unspecified address can not be allowed");
    }
  }

  /** What the zone may send from and claim. */
  public List<IpPrefix> own() {
    return List.copyOf(ownSet());
  }

  private Set<IpPrefix> ownSet() {
    Set<IpPrefix> own = new LinkedHashSet<>(allowed);
    learned.stream().map(IpPrefix::host).forEach(own::add);
    return own;
  }

  /** What the zone may send from. */
  public List<IpPrefix> sources() {
    Set<IpPrefix> sources = ownSet();
    sources.addAll(routed);
    return List.copyOf(sources);
  }

  /** Whether there is nothing to send from. */
  boolean sourceless() {
    return allowed.isEmpty() && learned.isEmpty() && routed.isEmpty();
  }

  /** Compares octets, not {@code InetAddress}: that one turns ::ffff:a.b.c.d into IPv4. */
  static boolean anyContains(List<IpPrefix> networks, byte[] address) {
    return networks.stream().anyMatch(network -> contains(network, address));
  }

  private static boolean contains(IpPrefix prefix, byte[] address) {
    byte[] network = prefix.address().getAddress();
    if (network.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < prefix.length(); bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((network[bit / Byte.SIZE] ^ address[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
