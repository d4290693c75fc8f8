package io.arbalest.overlay;

import io.arbalest.linux.net.InvalidAddressException;
import io.arbalest.vnic.LinkName;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads an {@link OverlaySpec} from property texts. */
final class PropertyReader {
  private static final int MAX_PORT = 65535;
  private static final List<String> COMMON =
      List.of(OverlayProperty.MTU, OverlayProperty.LISTEN_IP, OverlayProperty.LISTEN_PORT);

  private final Map<String, String> properties;

  private PropertyReader(Map<String, String> properties) {
    this.properties = properties;
  }

  static OverlaySpec read(LinkName name, Vni vni, String search, Map<String, String> properties) {
    PropertyReader reader = new PropertyReader(properties);
    reader.checkNames(pluginProperties(search));
    InetAddress ip = reader.address(OverlayProperty.LISTEN_IP);
    int port = reader.port(OverlayProperty.LISTEN_PORT).orElse(Vtep.DEFAULT_PORT);
    return new OverlaySpec(name, vni, Vtep.of(ip, port), reader.search(search), reader.mtu());
  }

  private static List<String> pluginProperties(String search) {
    return switch (search) {
      case SearchSpec.Files.PLUGIN -> List.of(OverlayProperty.FILES_CONFIG);
      case SearchSpec.Direct.PLUGIN ->
          List.of(OverlayProperty.DIRECT_IP, OverlayProperty.DIRECT_PORT);
      default ->
          throw OverlayPropertyException.of(OverlayProperty.SEARCH, search, "files or direct");
    };
  }

  private void checkNames(List<String> ofPlugin) {
    for (String name : properties.keySet()) {
      if (!COMMON.contains(name) && !ofPlugin.contains(name)) {
        throw OverlayPropertyException.unknown(
            name, String.join(", ", COMMON) + ", " + String.join(", ", ofPlugin));
      }
    }
  }

  private SearchSpec search(String plugin) {
    return plugin.equals(SearchSpec.Files.PLUGIN)
        ? new SearchSpec.Files(path(OverlayProperty.FILES_CONFIG))
        : new SearchSpec.Direct(
            Vtep.of(
                address(OverlayProperty.DIRECT_IP),
                port(OverlayProperty.DIRECT_PORT)
                    .orElseThrow(
                        () -> OverlayPropertyException.unset(OverlayProperty.DIRECT_PORT))));
  }

  private String required(String name) {
    return Optional.ofNullable(properties.get(name))
        .orElseThrow(() -> OverlayPropertyException.unset(name));
  }

  private InetAddress address(String name) {
    String text = required(name);
    try {
      return UnderlayAddress.parse(text);
    } catch (InvalidAddressException e) {
      OverlayPropertyException refusal =
          OverlayPropertyException.of(name, text, UnderlayAddress.ALLOWED);
      refusal.initCause(e);
      throw refusal;
    }
  }

  private Path path(String name) {
    String text = required(name);
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      OverlayPropertyException refusal = OverlayPropertyException.of(name, text, "a path");
      refusal.initCause(e);
      throw refusal;
    }
  }

  private Optional<Integer> port(String name) {
    return integer(name, 1, MAX_PORT);
  }

  private OptionalInt mtu() {
    return integer(OverlayProperty.MTU, OverlayMtu.MIN, OverlayMtu.MAX)
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  private Optional<Integer> integer(String name, int least, int most) {
    String text = properties.get(name);
    if (text == null) {
      return Optional.empty();
    }
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int value = digits && text.length() <= 9 ? Integer.parseInt(text) : -1;
    if (value < least || value > most) {
      throw OverlayPropertyException.of(name, text, "an integer from " + least + " to " + most);
    }
    return Optional.of(value);
  }
}
