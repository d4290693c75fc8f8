package io.arbalest.vnic;

import java.util.regex.Pattern;

/**
 * The name of a zone, by illumos's rules.
 *
 * <p>1 to 63 characters; a letter or digit comes first; letters, digits, {@code _}, {@code .} and
 * {@code -} follow. {@code global} is the host, and what begins with {@code SUNW} is reserved. Such
 * a name is safe as one component of a path, whatever precedes or follows it.
 *
 * @param text the name
 */
public record ZoneName(String text) implements Comparable<ZoneName> {
  /** illumos's ZONENAME_MAX without the terminating NUL. */
  public static final int MAX_LENGTH = 63;

  /** How the host itself is called where a zone's name is expected. */
  public static final String GLOBAL = "global";

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
  private static final String BOGUS = "Bogus zone name";
  private static final String ALLOWED =
      "a zone name starts with a letter or digit, goes on with letters, digits, '_', '.' and '-',"
          + " and has at most "
          + MAX_LENGTH
          + " characters";

  /**
   * @throws InvalidNameException if the text breaks a rule
   */
  public ZoneName {
    if (text.length() > MAX_LENGTH || !VALID.matcher(text).matches()) {
      throw new InvalidNameException(BOGUS, text, ALLOWED);
    }
    if (text.equals(GLOBAL)) {
      throw new InvalidNameException(BOGUS, text, "'global' is the host itself");
    }
    if (text.startsWith("SUNW")) {
      throw new InvalidNameException(BOGUS, text, "names beginning with SUNW are reserved");
    }
    if (text.contains("..")) {
      throw new InvalidNameException(BOGUS, text, "two dots in a row are not allowed");
    }
  }

  @Override
  public int compareTo(ZoneName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
