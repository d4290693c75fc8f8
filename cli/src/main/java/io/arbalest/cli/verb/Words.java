package io.arbalest.cli.verb;

/** Words that somebody typed, made fit to be shown. */
public final class Words {
  private static final int LONGEST = 80;

  private Words() {}

  /** The word without control characters, and not longer than a line. */
  public static String printable(String word) {
    StringBuilder text = new StringBuilder();
    word.codePoints()
        .limit(LONGEST)
        .forEach(c -> text.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return text.toString();
  }
}
