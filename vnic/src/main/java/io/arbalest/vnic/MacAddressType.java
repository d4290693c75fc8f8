package io.arbalest.vnic;

import java.util.Locale;
import java.util.Optional;

/** How a VNIC came by its MAC address, as {@code dladm show-vnic} prints it. */
public enum MacAddressType {
  /** Given by the operator. */
  FIXED,
  /** Drawn at creation and kept from then on. */
  RANDOM;

  /** The word in the MACADDRTYPE column. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<MacAddressType> of(String text) {
    for (MacAddressType type : values()) {
      if (type.text().equals(text)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
