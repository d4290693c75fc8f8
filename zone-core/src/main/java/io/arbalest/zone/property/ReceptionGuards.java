package io.arbalest.zone.property;

import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.ProtectionSpec.Reception;
import java.util.List;
import java.util.Set;

/** {@code reception}: what is kept from the zone on the way to it. */
final class ReceptionGuards extends WordsProperty {
  ReceptionGuards() {
    super("reception", List.of("own-only", "ra-guard", "dhcp-guard"));
  }

  @Override
  Set<String> words(ProtectionSpec spec) {
    return spec.reception().guards();
  }

  @Override
  ProtectionSpec setWords(ProtectionSpec spec, Set<String> words) {
    Reception old = spec.reception();
    return Parts.with(spec, new Reception(words, old.trusted(), old.promiscFiltered()));
  }
}
