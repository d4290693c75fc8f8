package io.arbalest.vnic;

/**
 * A name that a link or a zone cannot have; the message names the kind, the value and what is
 * allowed.
 */
public final class InvalidNameException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidNameException(String complaint, String value, String allowed) {
    super(complaint + " '" + printable(value) + "': " + allowed);
  }

  /** Keeps control characters of a hostile name out of terminals and logs. */
  private static String printable(String value) {
    StringBuilder text = new StringBuilder();
    value.codePoints().limit(80).forEach(c -> text.appendCodePoint(isPlain(c) ? c : '?'));
    return text.toString();
  }

  private static boolean isPlain(int codePoint) {
    return codePoint >= 0x20 && codePoint < 0x7f;
  }
}
