package io.arbalest.zone;

import io.arbalest.vnic.ZoneName;

/**
 * A zone as somebody wants it.
 *
 * @param name its name on its host
 * @param kind what it has
 * @param slot the user ids that it uses
 */
public record ZoneSpec(ZoneName name, ZoneKind kind, UidSlot slot) {

  /** A stack-only zone whose user ids the daemon chooses. */
  public static ZoneSpec stackOnly(ZoneName name) {
    return new ZoneSpec(name, ZoneKind.STACK_ONLY, UidSlot.AUTO);
  }

  /** The same zone with its ids chosen. */
  public ZoneSpec with(UidSlot chosen) {
    return new ZoneSpec(name, kind, chosen);
  }
}
