package io.arbalest.zone.lab;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lists names in a message. */
final class Names {
  private Names() {}

  /** The names sorted and joined by commas; {@code (none)} for none. */
  static String list(Collection<?> names) {
    return names.isEmpty()
        ? "(none)"
        : names.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
  }
}
