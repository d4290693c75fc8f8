package io.arbalest.zone;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a zone has besides its name. */
public enum ZoneKind {
  /** An IP stack and a user namespace of its own; the host's files and no processes kept. */
  STACK_ONLY("stack-only");

  private final String text;

  ZoneKind(String text) {
    this.text = text;
  }

  /**
   * The kind of that name.
   *
   * @throws SpecException if there is none
   */
  public static ZoneKind parse(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new SpecException("zone kind", text, "must be one of " + names()));
  }

  private static String names() {
    return Arrays.stream(values()).map(ZoneKind::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return text;
  }
}
