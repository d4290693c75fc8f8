package io.arbalest.cli.table;

/** The fields that were asked for cannot be shown; the message is illumos's. */
public final class FieldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FieldException(String message) {
    super(message);
  }
}
