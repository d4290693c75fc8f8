package io.arbalest.zone.property;

import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.ProtectionSpec.Clients;

/** {@code allow-all-dhcp-cids}: whether any client identifier will do. */
final class AllowAllDhcpCids extends SwitchProperty {
  AllowAllDhcpCids() {
    super("allow-all-dhcp-cids", "true", "false");
  }

  @Override
  boolean get(ProtectionSpec spec) {
    return spec.clients().all();
  }

  @Override
  ProtectionSpec set(ProtectionSpec spec, boolean value) {
    return Parts.with(spec, new Clients(spec.clients().allowed(), value));
  }
}
