package io.arbalest.vnic;

import io.arbalest.linux.net.MacAddress;
import java.nio.ByteBuffer;

/**
 * A port's place, as the switch program finds it by the interface that a frame came in by.
 *
 * @param switchId the switch it is in
 * @param vid the VLAN that its frames belong to, 0 for none
 * @param mac the VNIC's address; zero for an uplink
 * @param kind {@link PortKind#number()}
 * @param flags the {@code PORT_} flags of {@link SwitchLayout}
 */
record PortRecord(int switchId, int vid, MacAddress mac, int kind, int flags) {
  static PortRecord vnic(int switchId, MacAddress mac) {
    return new PortRecord(switchId, 0, mac, PortKind.VNIC.number(), 0);
  }

  static PortRecord uplink(int switchId) {
    return new PortRecord(switchId, 0, MacAddress.ZERO, PortKind.TAP.number(), 0);
  }

  boolean isVnic() {
    return kind == PortKind.VNIC.number();
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  PortRecord with(int flag, boolean on) {
    return new PortRecord(switchId, vid, mac, kind, on ? flags | flag : flags & ~flag);
  }

  ForwardKey forwardKey() {
    return new ForwardKey(switchId, vid, mac);
  }

  byte[] encode() {
    byte[] bytes = new byte[SwitchLayout.PORT_SIZE];
    ByteBuffer out = SwitchLayout.wrap(bytes);
    out.putInt(SwitchLayout.PORT_SWITCH, switchId);
    out.putShort(SwitchLayout.PORT_VID, (short) vid);
    out.put(SwitchLayout.PORT_MAC, mac.toBytes());
    out.putShort(SwitchLayout.PORT_KIND, (short) kind);
    out.putShort(SwitchLayout.PORT_FLAGS, (short) flags);
    return bytes;
  }

  static PortRecord decode(byte[] bytes) {
    ByteBuffer in = SwitchLayout.wrap(bytes);
    byte[] mac = new byte[MacAddress.LENGTH];
    in.get(SwitchLayout.PORT_MAC, mac);
    return new PortRecord(
        in.getInt(SwitchLayout.PORT_SWITCH),
        Short.toUnsignedInt(in.getShort(SwitchLayout.PORT_VID)),
        MacAddress.of(mac),
        Short.toUnsignedInt(in.getShort(SwitchLayout.PORT_KIND)),
        Short.toUnsignedInt(in.getShort(SwitchLayout.PORT_FLAGS)));
  }
}
