package io.arbalest.linux.net;

/** Text or bytes that are not an address; the message names the value and what is allowed. */
public final class InvalidAddressException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidAddressException(String message) {
    super(message);
  }

  static InvalidAddressException of(String what, String value, String allowed) {
    return new InvalidAddressException("invalid " + what + " '" + value + "': " + allowed);
  }
}
