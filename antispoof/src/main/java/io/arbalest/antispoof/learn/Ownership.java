package io.arbalest.antispoof.learn;

import io.arbalest.antispoof.learn.IpAddresses.Half;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.vnic.VnicKey;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who owns which address on one switch. An address that is given to a VNIC stays its own; one that
 * is learned belongs to who came first. The address that every prefix makes with a VNIC's MAC
 * address is that VNIC's, so that nobody gets there before it.
 */
final class Ownership {
  /** What an address is to a VNIC that asks. */
  enum Claim {
    /** Nobody's. */
    FREE,
    /** Given to it, so there is nothing to learn. */
    GIVEN,
    /** Learned by it. */
    LEARNED,
    /** Another VNIC's. */
    ANOTHERS
  }

  private final Map<InetAddress, VnicKey> learned = new HashMap<>();
  private final Map<IpPrefix, Set<VnicKey>> given = new HashMap<>();

  /** How many of the given prefixes have a length, for each family's octets and length. */
  private final Map<Integer, Map<Integer, Integer>> lengths = new HashMap<>();

  private final Map<Half, VnicKey> identifiers = new HashMap<>();

  /** Adds what a port has without learning it. */
  void join(LearningPort port) {
    for (IpPrefix prefix : Set.copyOf(port.allowed())) {
      given.computeIfAbsent(prefix, p -> new HashSet<>()).add(port.vnic());
      lengthsOf(prefix.address()).merge(prefix.length(), 1, Integer::sum);
    }
    identifiers.put(Eui64.of(port.mac()), port.vnic());
  }

  /** Takes out what {@link #join} added. */
  void leave(LearningPort port) {
    for (IpPrefix prefix : Set.copyOf(port.allowed())) {
      given.computeIfPresent(
          prefix, (p, owners) -> owners.remove(port.vnic()) && owners.isEmpty() ? null : owners);
      lengthsOf(prefix.address())
          .computeIfPresent(prefix.length(), (l, n) -> n == 1 ? null : n - 1);
    }
    identifiers.remove(Eui64.of(port.mac()), port.vnic());
  }

  private Map<Integer, Integer> lengthsOf(InetAddress family) {
    return lengths.computeIfAbsent(family.getAddress().length, octets -> new TreeMap<>());
  }

  Claim claim(VnicKey vnic, InetAddress address) {
    Set<VnicKey> owners = owners(address);
    if (owners.contains(vnic)) {
      return Claim.GIVEN;
    }
    if (!owners.isEmpty() || !identifierOwner(address, vnic).equals(vnic)) {
      return Claim.ANOTHERS;
    }
    VnicKey first = learned.getOrDefault(address, vnic);
    if (!first.equals(vnic)) {
      return Claim.ANOTHERS;
    }
    return learned.containsKey(address) ? Claim.LEARNED : Claim.FREE;
  }

  private Set<VnicKey> owners(InetAddress address) {
    Set<VnicKey> owners = new HashSet<>();
    for (int length : lengthsOf(address).keySet()) {
      owners.addAll(given.getOrDefault(new IpPrefix(address, length).network(), Set.of()));
    }
    return owners;
  }

  private VnicKey identifierOwner(InetAddress address, VnicKey nobody) {
    return address instanceof Inet6Address v6
        ? identifiers.getOrDefault(Half.low(v6), nobody)
        : nobody;
  }

  void learn(VnicKey vnic, InetAddress address) {
    learned.put(address, vnic);
  }

  void forget(VnicKey vnic, InetAddress address) {
    learned.remove(address, vnic);
  }

  /** Learned addresses that are another's by what has been given since. */
  Map<InetAddress, VnicKey> disputed() {
    Map<InetAddress, VnicKey> disputed = new HashMap<>();
    learned.forEach(
        (address, vnic) -> {
          if (claim(vnic, address) == Claim.ANOTHERS) {
            disputed.put(address, vnic);
          }
        });
    return disputed;
  }

  /** Whether nothing is known, so that it can be dropped. */
  boolean isEmpty() {
    return learned.isEmpty() && given.isEmpty() && identifiers.isEmpty();
  }
}
