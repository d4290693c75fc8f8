package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A policy as the programs know it: numbers and sets, without what they mean.
 *
 * @param mac the VNIC's address as a number
 * @param flags the switches as bits
 * @param prefixes what each prefix is good for, those around it included
 * @param macs further addresses as numbers
 * @param clients DHCP client identifiers, 1 to 256 bytes each
 */
record PolicyContents(
    long mac, int flags, Map<IpPrefix, Rights> prefixes, Set<Long> macs, Set<ByteBuffer> clients) {

  private static final Comparator<IpPrefix> OUTER_FIRST =
      Comparator.comparing(
              (IpPrefix prefix) -> prefix.address().getAddress(), Arrays::compareUnsigned)
          .thenComparingInt(IpPrefix::length);

  PolicyContents {
    prefixes = Map.copyOf(inherit(prefixes));
    macs = Set.copyOf(macs);
    clients = Set.copyOf(clients);
  }

  static PolicyContents of(PortPolicy policy, Set<PolicyFlag> flags) {
    Map<IpPrefix, Rights> prefixes = new HashMap<>();
    Networks networks = policy.networks();
    give(prefixes, networks.allowed(), Rights.SOURCE | Rights.OWN);
    give(prefixes, networks.routed(), Rights.SOURCE);
    give(prefixes, networks.trusted(), Rights.TRUSTED);
    networks.learned().stream()
        .map(IpPrefix::host)
        .forEach(host -> prefixes.put(host, of(prefixes, host).withLearned(true)));
    return new PolicyContents(
        policy.mac().toLong(),
        bits(flags),
        prefixes,
        policy.macs().stream().map(MacAddress::toLong).collect(Collectors.toSet()),
        policy.clientIds().stream()
            .map(client -> ByteBuffer.wrap(client.bytes()))
            .collect(Collectors.toSet()));
  }

  static PolicyContents of(PortPolicy policy) {
    return of(policy, policy.flags());
  }

  private static int bits(Collection<PolicyFlag> flags) {
    return flags.stream().mapToInt(PolicyFlag::mask).reduce(0, (a, b) -> a | b);
  }

  private static void give(Map<IpPrefix, Rights> to, List<IpPrefix> prefixes, int rights) {
    prefixes.forEach(prefix -> to.put(prefix, of(to, prefix).withNamed(rights)));
  }

  private static Rights of(Map<IpPrefix, Rights> rights, IpPrefix prefix) {
    return rights.getOrDefault(prefix, Rights.NONE);
  }

  /** In this order a prefix comes after all those around it, and they are the top of the stack. */
  private static Map<IpPrefix, Rights> inherit(Map<IpPrefix, Rights> named) {
    Map<IpPrefix, Rights> all = new HashMap<>();
    Deque<IpPrefix> around = new ArrayDeque<>();
    for (IpPrefix prefix : named.keySet().stream().sorted(OUTER_FIRST).toList()) {
      while (!around.isEmpty() && !around.peek().contains(prefix.address())) {
        around.pop();
      }
      int inherited = around.isEmpty() ? 0 : of(all, around.peek()).effective();
      all.put(prefix, of(named, prefix).withInherited(inherited));
      around.push(prefix);
    }
    return all;
  }
}
