package io.arbalest.overlay;

import java.nio.file.Path;

/** Which search plugin answers for an overlay, with its properties. */
public sealed interface SearchSpec {
  /** The plugin's name: {@code files} or {@code direct}. */
  String plugin();

  /**
   * A table in a JSON file.
   *
   * @param config an absolute path without {@code .} and {@code ..}
   */
  record Files(Path config) implements SearchSpec {
    public static final String PLUGIN = "files";

    /**
     * @throws OverlayPropertyException if the path is relative or not normal
     */
    public Files {
      if (!config.isAbsolute() || !config.normalize().equals(config)) {
        throw OverlayPropertyException.of(
            OverlayProperty.FILES_CONFIG, config.toString(), "an absolute path without '..'");
      }
    }

    @Override
    public String plugin() {
      return PLUGIN;
    }
  }

  /**
   * One peer for everything.
   *
   * @param peer the other end
   */
  record Direct(Vtep peer) implements SearchSpec {
    public static final String PLUGIN = "direct";

    @Override
    public String plugin() {
      return PLUGIN;
    }
  }
}
