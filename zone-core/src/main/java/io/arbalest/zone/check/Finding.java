package io.arbalest.zone.check;

import java.util.Locale;

/**
 * One fact about a host.
 *
 * @param level whether it is as it should be
 * @param subject what was looked at
 * @param found what it is
 * @param why what depends on it
 * @param change how it is changed
 */
public record Finding(Level level, String subject, String found, String why, String change) {
  /** How a fact is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Worth knowing; protection works all the same. */
    WARN,
    /** Something does not work. */
    FAIL;

    /** The word for people and scripts. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** As it should be, or else of another level. */
  static Finding of(
      boolean good, Level otherwise, String subject, String found, String why, String change) {
    return new Finding(good ? Level.OK : otherwise, subject, found, why, change);
  }
}
