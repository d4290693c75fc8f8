package io.arbalest.vnic;

import java.util.regex.Pattern;

/**
 * The name of a data link, by illumos's rules and Linux's length.
 *
 * <p>A letter, {@code _} or {@code .} comes first; letters, digits, {@code _} and {@code .} follow;
 * the end is a number without a leading zero: {@code net0}, {@code web.prod12}. Linux keeps 15
 * bytes of a name (IFNAMSIZ less its NUL), where illumos keeps 31. Such a name is safe as one
 * component of a path.
 *
 * @param text the name
 */
public record LinkName(String text) implements Comparable<LinkName> {
  /** Linux's IFNAMSIZ, {@code linux/if.h}, without the terminating NUL. */
  public static final int MAX_LENGTH = 15;

  private static final Pattern VALID =
      Pattern.compile("[A-Za-z_.](?:[A-Za-z0-9_.]*[A-Za-z_.])?(?:0|[1-9][0-9]*)");
  private static final String ALLOWED =
      "a link name has letters, digits, '_' and '.', does not start with a digit, and ends in a"
          + " number without leading zero, like net0";

  /**
   * @throws InvalidNameException if the text breaks a rule
   */
  public LinkName {
    if (text.length() > MAX_LENGTH) {
      throw new InvalidNameException(
          "link name too long", text, "at most " + MAX_LENGTH + " characters are allowed");
    }
    if (!VALID.matcher(text).matches()) {
      throw new InvalidNameException("invalid link name", text, ALLOWED);
    }
  }

  @Override
  public int compareTo(LinkName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
