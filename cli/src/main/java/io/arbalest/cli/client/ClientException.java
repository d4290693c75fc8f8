package io.arbalest.cli.client;

/** The command cannot be handed to a daemon; the message is the whole line the operator reads. */
public class ClientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the line for standard error, without the program's name
   */
  public ClientException(String message) {
    super(message);
  }
}
