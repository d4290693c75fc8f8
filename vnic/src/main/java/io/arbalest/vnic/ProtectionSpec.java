package io.arbalest.vnic;

import io.arbalest.linux.net.IpPrefix;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a VNIC asks of its guard, as plain data that travels with the VNIC. What the words mean, and
 * which exist, is for the {@link PortGuard} to say.
 *
 * @param modes names such as {@code mac-nospoof}, in the order given, none twice
 * @param allowedIps networks whose addresses the zone may send from, in the order given
 */
public record ProtectionSpec(Set<String> modes, List<IpPrefix> allowedIps) {
  /** Asks for nothing. */
  public static final ProtectionSpec NONE = new ProtectionSpec(Set.of(), List.of());

  public ProtectionSpec {
    modes = Collections.unmodifiableSet(new LinkedHashSet<>(modes));
    allowedIps = List.copyOf(allowedIps);
  }
}
