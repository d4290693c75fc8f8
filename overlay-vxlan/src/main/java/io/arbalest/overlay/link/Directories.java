package io.arbalest.overlay.link;

import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.SearchSpec;
import io.arbalest.overlay.Vtep;
import io.arbalest.overlay.directory.DirectDirectory;
import io.arbalest.overlay.directory.Directory;
import io.arbalest.overlay.directory.FilesDirectory;
import java.nio.file.Path;

/** Starts the search plugin that a spec asks for. */
final class Directories {
  private Directories() {}

  static Directory open(OverlaySpec spec, StartMode mode) {
    return switch (spec.search()) {
      case SearchSpec.Direct(Vtep peer) -> new DirectDirectory(spec.listen(), peer);
      case SearchSpec.Files(Path config) ->
          mode == StartMode.STRICT
              ? FilesDirectory.open(config, spec.listen())
              : FilesDirectory.openOrHold(config, spec.listen());
    };
  }
}
