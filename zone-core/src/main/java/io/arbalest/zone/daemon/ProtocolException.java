package io.arbalest.zone.daemon;

/** The other end of a control connection sent what the protocol does not allow. */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message);
  }
}
