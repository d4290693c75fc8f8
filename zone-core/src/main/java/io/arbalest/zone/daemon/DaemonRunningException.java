package io.arbalest.zone.daemon;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Another daemon holds this instance; nothing was changed. */
public final class DaemonRunningException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  DaemonRunningException(Path folder, OptionalLong pid) {
    super(
        "another daemon"
            + (pid.isPresent() ? " (pid " + pid.getAsLong() + ")" : "")
            + " holds "
            + folder);
  }
}
