package io.arbalest.vnic;

import io.arbalest.linux.net.MacAddress;

/**
 * How a VNIC is plugged into its switch.
 *
 * @param switchId the switch's number
 * @param macs what frames reach it by
 * @param delivery how they are handed over
 * @param watches whether it gets a copy of every unicast frame of the switch
 */
record Wiring(int switchId, PortMacs macs, Delivery delivery, boolean watches) {
  /**
   * What a spec asks for.
   *
   * @throws LinkException if its addresses cannot be
   */
  static Wiring of(int switchId, VnicSpec spec, PortGuard guard) {
    boolean inZone = spec.key().zone().isPresent();
    return new Wiring(
        switchId,
        PortMacs.of(spec),
        inZone ? guard.delivery(spec) : Delivery.BY_PORT,
        !spec.protection().reception().promiscFiltered());
  }

  /** The same, with more of the frames going past the guard if {@code other} asks for that. */
  Wiring atLeast(Delivery other) {
    return other.compareTo(delivery) > 0 ? new Wiring(switchId, macs, other, watches) : this;
  }

  PortRecord record() {
    return PortRecord.vnic(switchId, macs.primary())
        .with(SwitchLayout.PORT_SHARES, !macs.shared().isEmpty())
        .with(SwitchLayout.PORT_WATCHES, watches)
        .with(SwitchLayout.PORT_MORE_MACS, macs.isMore());
  }

  ForwardKey key(MacAddress mac) {
    return new ForwardKey(switchId, 0, mac);
  }
}
