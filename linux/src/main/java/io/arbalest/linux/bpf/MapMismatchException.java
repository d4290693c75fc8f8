package io.arbalest.linux.bpf;

import java.nio.file.Path;

/** A map is pinned, by an older version perhaps, that is not the one that is wanted. */
public final class MapMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MapMismatchException(Path path, MapSpec found, MapSpec wanted) {
    super(path + " is pinned as " + found + ", wanted is " + wanted);
  }
}
