package io.arbalest.antispoof;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which modes protect a VNIC. With any mode on, the guards beyond illumos are on as well; with
 * none, every frame passes.
 *
 * @param modes in illumos's order
 */
public record Protection(Set<ProtectionMode> modes) {
  /** What a VNIC gets unless it asks for something else. */
  public static final Protection DEFAULT =
      of(ProtectionMode.MAC_NOSPOOF, ProtectionMode.RESTRICTED, ProtectionMode.IP_NOSPOOF);

  /** No protection at all. */
  public static final Protection NONE = of();

  public Protection {
    modes = modes.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(modes));
    if (modes.contains(ProtectionMode.DHCP_NOSPOOF)) {
      throw InvalidPolicyException.of(
          "protection",
          ProtectionMode.DHCP_NOSPOOF,
          "this mode is not available yet; mac-nospoof, restricted, ip-nospoof are allowed");
    }
  }

  public static Protection of(ProtectionMode... modes) {
    return new Protection(Set.of(modes));
  }

  /**
   * The protection of a list of mode names; an empty list means none.
   *
   * @throws InvalidPolicyException if one is unknown or not available
   */
  public static Protection parse(Collection<String> names) {
    return new Protection(names.stream().map(ProtectionMode::parse).collect(Collectors.toSet()));
  }

  /** Whether the guards beyond illumos are on. */
  public boolean guards() {
    return !modes.isEmpty();
  }

  /** The mode names joined by commas, as {@code dladm show-linkprop} writes them. */
  @Override
  public String toString() {
    return modes.stream().map(ProtectionMode::label).collect(Collectors.joining(","));
  }
}
