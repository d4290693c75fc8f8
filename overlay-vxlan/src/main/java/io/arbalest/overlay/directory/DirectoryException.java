package io.arbalest.overlay.directory;

/**
 * A directory's source cannot be used. The message names the source, the field, the value and what
 * is allowed.
 */
public final class DirectoryException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  public DirectoryException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  public DirectoryException(String sentence, Throwable cause) {
    super(sentence, cause);
    this.sentence = sentence;
  }

  /** The message. */
  public String sentence() {
    return sentence;
  }
}
