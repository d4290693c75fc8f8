package io.arbalest.cli.client;

/** The daemon takes no requests just now, because it is about to end or has too many; ask again. */
final class UnavailableException extends ClientException {
  private static final long serialVersionUID = 1L;

  UnavailableException(String message) {
    super(message);
  }
}
