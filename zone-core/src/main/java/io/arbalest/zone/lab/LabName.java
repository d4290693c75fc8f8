package io.arbalest.zone.lab;

import java.util.regex.Pattern;

/**
 * The name of a lab, or of a host or zone in one.
 *
 * <p>Strict, because it becomes part of file names, and of socket paths that may hold 108 bytes: 1
 * to 31 characters, small letters, digits and inner hyphens, first a letter.
 */
public record LabName(String text) implements Comparable<LabName> {
  private static final Pattern FORM = Pattern.compile("[a-z](?:[a-z0-9-]{0,29}[a-z0-9])?");

  public LabName {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "invalid name '"
              + text
              + "'; allowed: 1 to 31 of a-z, 0-9 and '-', beginning with a letter and not ending"
              + " with '-'");
    }
  }

  /** The name under which the lab's host or zone is pinned: {@code LAB.NAME}. */
  public String qualify(LabName member) {
    return text + "." + member.text;
  }

  @Override
  public int compareTo(LabName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
