package io.arbalest.zone.property;

import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.ProtectionSpec.Reception;

/** {@code promisc-filtered}: whether a promiscuous zone sees no more than its own frames. */
final class PromiscFiltered extends SwitchProperty {
  PromiscFiltered() {
    super("promisc-filtered", "on", "off");
  }

  @Override
  boolean get(ProtectionSpec spec) {
    return spec.reception().promiscFiltered();
  }

  @Override
  ProtectionSpec set(ProtectionSpec spec, boolean value) {
    Reception old = spec.reception();
    return Parts.with(spec, new Reception(old.guards(), old.trusted(), value));
  }
}
