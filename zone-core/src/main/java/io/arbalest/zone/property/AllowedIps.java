package io.arbalest.zone.property;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.vnic.ProtectionSpec;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** {@code allowed-ips}: what the zone may send from and claim. illumos stops at 32. */
final class AllowedIps extends PrefixesProperty {
  static final int MOST = 1_024;

  AllowedIps() {
    super("allowed-ips", MOST, 1);
  }

  @Override
  Collection<IpPrefix> get(ProtectionSpec spec) {
    return spec.allowedIps();
  }

  @Override
  ProtectionSpec set(ProtectionSpec spec, Set<IpPrefix> values) {
    return new ProtectionSpec(
        spec.modes(),
        List.copyOf(values),
        spec.methods(),
        spec.clients(),
        spec.grants(),
        spec.reception());
  }
}
