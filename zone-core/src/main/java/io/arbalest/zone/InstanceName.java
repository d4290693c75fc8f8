package io.arbalest.zone;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of one daemon on this machine: {@code global}, or {@code LAB.HOST} for a host of a lab.
 *
 * <p>It becomes part of paths and of the owner mark on kernel objects, hence the narrow alphabet.
 */
public record InstanceName(String text) {
  private static final Pattern PART = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  /** The machine's main daemon. */
  public static final InstanceName GLOBAL = new InstanceName("global");

  public InstanceName {
    String[] parts = text.split("\\.", -1);
    for (String part : parts) {
      if (parts.length > 2 || !PART.matcher(part).matches()) {
        throw new IllegalArgumentException(
            "invalid instance name '"
                + text
                + "': must be 'global' or LAB.HOST, each of 1 to 32 characters of a-z, 0-9 and '-',"
                + " starting with a letter");
      }
    }
  }

  /** The name of a lab's host. */
  public static InstanceName of(String lab, String host) {
    return new InstanceName(lab + "." + host);
  }

  /** The lab, if this is a lab's host. */
  public Optional<String> lab() {
    int dot = text.indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(text.substring(0, dot));
  }

  /** The name without its lab. */
  public String shortName() {
    return text.substring(text.indexOf('.') + 1);
  }

  @Override
  public String toString() {
    return text;
  }
}
