package io.arbalest.zone.property;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.ProtectionSpec.Reception;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * {@code trusted-servers}: the routers and DHCP servers that the guards of reception let through.
 */
final class TrustedServers extends PrefixesProperty {
  static final int MOST = 64;

  TrustedServers() {
    super("trusted-servers", MOST, 1);
  }

  @Override
  Collection<IpPrefix> get(ProtectionSpec spec) {
    return spec.reception().trusted();
  }

  @Override
  ProtectionSpec set(ProtectionSpec spec, Set<IpPrefix> values) {
    Reception old = spec.reception();
    return Parts.with(
        spec, new Reception(old.guards(), List.copyOf(values), old.promiscFiltered()));
  }
}
