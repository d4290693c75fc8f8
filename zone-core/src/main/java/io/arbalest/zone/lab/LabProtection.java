package io.arbalest.zone.lab;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.zone.property.LinkProperties;
import io.arbalest.zone.property.LinkProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A VNIC's link properties as keys of its entry in a lab file. */
final class LabProtection {
  private static final String ALLOWED_IPS = "allowed-ips";

  private LabProtection() {}

  /** These keys and every property's name. */
  static Set<String> with(String... keys) {
    Set<String> all = new HashSet<>(List.of(keys));
    LinkProperties.all().forEach(property -> all.add(property.name()));
    return all;
  }

  /**
   * The protection that an entry asks for.
   *
   * @param addresses the entry's own, which are allowed unless it says which ones are
   * @throws LabFileException with the place, for a value that its property cannot have
   */
  static ProtectionSpec read(YamlKeys keys, List<IpPrefix> addresses) {
    ProtectionSpec spec = ProtectionSpec.of(LinkProperties.DEFAULT.modes(), hosts(addresses));
    for (LinkProperty property : LinkProperties.all()) {
      ProtectionSpec before = spec;
      spec = keys.optional(property.name(), node -> read(node, property, before), before);
    }
    return spec;
  }

  private static List<IpPrefix> hosts(List<IpPrefix> addresses) {
    return addresses.stream().map(prefix -> IpPrefix.host(prefix.address())).toList();
  }

  /** An empty list of addresses is one: nothing is allowed that the zone does not get by itself. */
  private static ProtectionSpec read(YamlNode node, LinkProperty property, ProtectionSpec spec) {
    List<String> words = node.items().stream().map(YamlNode::text).toList();
    if (words.isEmpty() && !property.name().equals(ALLOWED_IPS)) {
      throw node.problem(node.where() + ": a value is missing" + allowed(property));
    }
    return node.check(() -> property.with(spec, words));
  }

  private static String allowed(LinkProperty property) {
    return property.choices().isEmpty()
        ? ""
        : "; allowed: " + String.join(", ", property.choices());
  }
}
