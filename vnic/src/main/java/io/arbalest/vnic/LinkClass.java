package io.arbalest.vnic;

import java.util.Locale;

/** The class of a data link, as {@code dladm show-link} prints it. */
public enum LinkClass {
  PHYS,
  VNIC,
  VLAN,
  ETHERSTUB,
  OVERLAY;

  /** The word in the CLASS column. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
