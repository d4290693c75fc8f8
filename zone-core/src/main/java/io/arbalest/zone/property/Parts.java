package io.arbalest.zone.property;

import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.ProtectionSpec.Clients;
import io.arbalest.vnic.ProtectionSpec.Grants;
import io.arbalest.vnic.ProtectionSpec.Reception;

/** A protection with one of its parts replaced. */
final class Parts {
  private Parts() {}

  static ProtectionSpec with(ProtectionSpec spec, Clients clients) {
    return new ProtectionSpec(
        spec.modes(), spec.allowedIps(), spec.methods(), clients, spec.grants(), spec.reception());
  }

  static ProtectionSpec with(ProtectionSpec spec, Grants grants) {
    return new ProtectionSpec(
        spec.modes(), spec.allowedIps(), spec.methods(), spec.clients(), grants, spec.reception());
  }

  static ProtectionSpec with(ProtectionSpec spec, Reception reception) {
    return new ProtectionSpec(
        spec.modes(), spec.allowedIps(), spec.methods(), spec.clients(), spec.grants(), reception);
  }
}
