package io.arbalest.linux.netns;

import java.nio.file.Path;

/** A path that should be a pinned namespace is something else. */
public final class NotANamespaceException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  NotANamespaceException(Path path, String what) {
    super(path + " is not " + what);
  }
}
