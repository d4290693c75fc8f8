package io.arbalest.cli.verb;

/** A verb cannot do what was asked. The message is for the operator, without the tool's name. */
public class VerbException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public VerbException(String message) {
    super(message);
  }

  public VerbException(String message, Throwable cause) {
    super(message, cause);
  }
}
