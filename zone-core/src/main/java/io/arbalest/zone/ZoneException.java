package io.arbalest.zone;

import io.arbalest.vnic.ZoneName;

/** A zone cannot be what was asked; the message names it, as {@code zoneadm} would. */
public final class ZoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ZoneException(ZoneName zone, String reason) {
    super("zone '" + zone + "': " + reason);
  }
}
