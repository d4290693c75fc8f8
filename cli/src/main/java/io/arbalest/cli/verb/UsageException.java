package io.arbalest.cli.verb;

/** The words of a command line do not make sense; the verb's usage is shown after the message. */
public final class UsageException extends VerbException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong; empty shows the usage alone
   */
  public UsageException(String message) {
    super(message);
  }
}
