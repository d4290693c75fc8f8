package io.arbalest.zone.property;

import io.arbalest.antispoof.Protection;
import io.arbalest.antispoof.ProtectionMode;
import io.arbalest.vnic.ProtectionSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table of link properties. A new one is added here. */
public final class LinkProperties {
  /** What protects a VNIC that asked for nothing in particular. */
  public static final ProtectionSpec DEFAULT = ProtectionSpec.of(defaultModes(), List.of());

  private static final List<LinkProperty> ALL =
      List.of(
          new ProtectionModes(),
          new AllowedIps(),
          new AllowedDhcpCids(),
          new AllowAllDhcpCids(),
          new DynamicMethods(),
          new PromiscFiltered(),
          new SecondaryMacs(),
          new VrrpIds(),
          new RoutedPrefixes(),
          new Roles(),
          new ReceptionGuards(),
          new TrustedServers());

  private LinkProperties() {}

  /** All of them, in the order in which they are shown. */
  public static List<LinkProperty> all() {
    return ALL;
  }

  /** The property of a name. */
  public static Optional<LinkProperty> find(String name) {
    return ALL.stream().filter(property -> property.name().equals(name)).findFirst();
  }

  private static Set<String> defaultModes() {
    Set<String> modes = new LinkedHashSet<>();
    Protection.DEFAULT.modes().stream().map(ProtectionMode::label).forEach(modes::add);
    return modes;
  }
}
