package io.arbalest.antispoof.explain;

/** Bytes are no capture that can be read; the text says which field, its value, what is allowed. */
public final class InvalidPcapException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidPcapException(String message) {
    super(message);
  }
}
