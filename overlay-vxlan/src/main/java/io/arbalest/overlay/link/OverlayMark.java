package io.arbalest.overlay.link;

import io.arbalest.vnic.InvalidNameException;
import io.arbalest.vnic.LinkName;
import java.util.Optional;

/**
 * How the TAPs of one daemon instance are known as its own: by their alias (IFLA_IFALIAS).
 *
 * @param instance the daemon instance
 */
record OverlayMark(String instance) {
  private static final String PREFIX = "arbalest:";
  private static final String KIND = ":overlay:";

  /**
   * @throws IllegalArgumentException if the name would make the alias ambiguous
   */
  OverlayMark {
    if (!instance.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,126}")) {
      throw new IllegalArgumentException(
          "instance '" + instance + "': letters, digits, '_', '.' and '-' are allowed");
    }
  }

  /** The alias of an overlay's TAP. */
  String alias(LinkName overlay) {
    return PREFIX + instance + KIND + overlay;
  }

  /** The overlay whose TAP has this alias; empty if it is not ours. */
  Optional<LinkName> read(String alias) {
    String ours = PREFIX + instance + KIND;
    try {
      return alias.startsWith(ours)
          ? Optional.of(new LinkName(alias.substring(ours.length())))
          : Optional.empty();
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }
}
