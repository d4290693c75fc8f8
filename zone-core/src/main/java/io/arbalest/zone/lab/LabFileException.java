package io.arbalest.zone.lab;

import java.nio.file.Path;

/** A lab file says something that cannot be; the message begins with file and line. */
public final class LabFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param line the first line is 1
   */
  LabFileException(Path file, int line, String problem) {
    super(file + ":" + line + ": " + problem);
  }
}
