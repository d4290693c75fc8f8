package io.arbalest.zone.property;

import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.ProtectionSpec.Grants;
import java.util.List;
import java.util.Set;

/** {@code roles}: what the zone may be beyond a plain host. */
final class Roles extends WordsProperty {
  Roles() {
    super("roles", List.of("dhcp-server", "router"));
  }

  @Override
  Set<String> words(ProtectionSpec spec) {
    return spec.grants().roles();
  }

  @Override
  ProtectionSpec setWords(ProtectionSpec spec, Set<String> words) {
    Grants old = spec.grants();
    return Parts.with(spec, new Grants(words, old.macs(), old.vrrp(), old.routedPrefixes()));
  }
}
