package io.arbalest.zone.store;

import java.nio.file.FileSystemException;

/** The store could not be read or written; what was stored before still is. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  StoreException(String what, Exception cause) {
    super(what + ": " + words(cause), cause);
  }

  /** The reason alone, because Java's message for a file's failure is mostly its path. */
  private static String words(Exception cause) {
    if (cause instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    String kind = cause.getClass().getSimpleName().replaceFirst("Exception$", "");
    String message = cause.getMessage();
    return message == null ? kind : cause instanceof FileSystemException ? kind : message;
  }
}
