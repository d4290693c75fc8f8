package io.arbalest.zone.property;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.ProtectionSpec.Grants;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * {@code routed-prefixes}: whose packets the zone may forward. So many that a VNIC's stored file
 * stays well within its 1 MiB.
 */
final class RoutedPrefixes extends PrefixesProperty {
  static final int MOST = 10_000;

  RoutedPrefixes() {
    super("routed-prefixes", MOST, 0);
  }

  @Override
  Collection<IpPrefix> get(ProtectionSpec spec) {
    return spec.grants().routedPrefixes();
  }

  @Override
  ProtectionSpec set(ProtectionSpec spec, Set<IpPrefix> values) {
    Grants old = spec.grants();
    return Parts.with(spec, new Grants(old.roles(), old.macs(), old.vrrp(), List.copyOf(values)));
  }
}
