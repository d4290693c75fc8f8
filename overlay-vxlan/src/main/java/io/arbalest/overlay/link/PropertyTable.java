package io.arbalest.overlay.link;

import io.arbalest.overlay.OverlayProperty;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.SearchSpec;
import io.arbalest.overlay.Vtep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The properties of an overlay in illumos's order: general, encapsulation, search plugin. */
final class PropertyTable {
  private static final String PORTS = "1-65535";

  private PropertyTable() {}

  static List<OverlayProperty> of(OverlaySpec spec, int mtu) {
    List<OverlayProperty> lines = new ArrayList<>();
    lines.add(optional(OverlayProperty.MTU, Integer.toString(mtu), "", "576-9000"));
    lines.add(optional(OverlayProperty.VNETID, spec.vni().toString(), "", "0-16777215"));
    lines.add(fixed(OverlayProperty.ENCAP, OverlaySpec.ENCAP, "vxlan"));
    lines.add(fixed(OverlayProperty.SEARCH, spec.search().plugin(), "direct,files"));
    Map<String, String> values = spec.properties();
    lines.add(required(values, OverlayProperty.LISTEN_IP, ""));
    String port = Integer.toString(Vtep.DEFAULT_PORT);
    lines.add(
        optional(OverlayProperty.LISTEN_PORT, Integer.toString(spec.listen().port()), port, PORTS));
    lines.addAll(ofPlugin(spec.search(), values));
    return lines;
  }

  private static List<OverlayProperty> ofPlugin(SearchSpec search, Map<String, String> values) {
    return switch (search) {
      case SearchSpec.Files(Path config) ->
          List.of(required(values, OverlayProperty.FILES_CONFIG, ""));
      case SearchSpec.Direct(Vtep peer) ->
          List.of(
              required(values, OverlayProperty.DIRECT_IP, ""),
              required(values, OverlayProperty.DIRECT_PORT, PORTS));
    };
  }

  private static OverlayProperty optional(
      String name, String value, String defaultValue, String possible) {
    return new OverlayProperty(name, true, false, value, defaultValue, possible);
  }

  private static OverlayProperty fixed(String name, String value, String possible) {
    return new OverlayProperty(name, false, false, value, value, possible);
  }

  private static OverlayProperty required(
      Map<String, String> values, String name, String possible) {
    return new OverlayProperty(name, true, true, values.getOrDefault(name, ""), "", possible);
  }
}
