package io.arbalest.antispoof;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.ProtectionSpec;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gives the words of a VNIC's specification their meaning. */
final class PolicyReader {
  private PolicyReader() {}

  /**
   * @throws InvalidPolicyException if a word has none, or a value is not allowed
   */
  static PortPolicy read(MacAddress mac, ProtectionSpec spec, Set<InetAddress> learned) {
    Protection protection = Protection.parse(spec.modes());
    Set<DynamicMethod> methods = methods(protection, spec);
    return new PortPolicy(
        mac,
        protection,
        new Networks(
            spec.allowedIps(),
            usable(learned, methods),
            spec.grants().routedPrefixes(),
            spec.reception().trusted()),
        methods,
        DhcpClients.parse(spec.clients().allowed(), spec.clients().all()),
        words(spec.grants().roles(), Grant::parse),
        new FurtherMacs(
            new LinkedHashSet<>(Limits.distinct("secondary-macs", spec.grants().macs())),
            spec.grants().vrrp()),
        words(spec.reception().guards(), ReceptionGuard::parse));
  }

  /**
   * In illumos, a VNIC that says nothing of methods has all of them, as long as it has no fixed
   * address.
   */
  private static Set<DynamicMethod> methods(Protection protection, ProtectionSpec spec) {
    boolean unset = spec.methods().isEmpty();
    return unset && protection.compat() && spec.allowedIps().isEmpty()
        ? EnumSet.allOf(DynamicMethod.class)
        : DynamicMethod.parse(List.copyOf(spec.methods()));
  }

  private static Set<InetAddress> usable(Set<InetAddress> learned, Set<DynamicMethod> methods) {
    return learned.stream()
        .filter(address -> methods.stream().anyMatch(method -> method.isFor(family(address))))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static int family(InetAddress address) {
    return address instanceof Inet4Address ? 4 : 6;
  }

  private static <T> Set<T> words(Set<String> words, Function<String, T> meaning) {
    return words.stream().map(meaning).collect(Collectors.toSet());
  }
}
