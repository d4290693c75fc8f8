package io.arbalest.zone;

import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.Vni;
import io.arbalest.vnic.LinkName;
import java.util.Map;

/**
 * An overlay as JSON has it: the plugins by name and their properties as texts, as on {@code dladm
 * create-overlay}'s command line.
 */
record OverlayForm(
    LinkName name, int vni, String encap, String search, Map<String, String> properties) {

  static OverlayForm of(OverlaySpec spec) {
    return new OverlayForm(
        spec.name(),
        spec.vni().value(),
        OverlaySpec.ENCAP,
        spec.search().plugin(),
        spec.properties());
  }

  OverlaySpec spec() {
    if (!encap.equals(OverlaySpec.ENCAP)) {
      throw new SpecException(
          "overlay " + name + ": encap", encap, "must be '" + OverlaySpec.ENCAP + "'");
    }
    return OverlaySpec.of(name, new Vni(vni), search, properties);
  }
}
