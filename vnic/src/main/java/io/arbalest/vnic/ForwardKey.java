package io.arbalest.vnic;

import io.arbalest.linux.net.MacAddress;
import java.nio.ByteBuffer;

/**
 * What a unicast frame is looked up by.
 *
 * @param switchId the switch of the port it came in by
 * @param vid VLAN identifier, 0 for none
 * @param mac destination
 */
record ForwardKey(int switchId, int vid, MacAddress mac) {
  byte[] encode() {
    byte[] bytes = new byte[SwitchLayout.FORWARD_KEY_SIZE];
    ByteBuffer out = SwitchLayout.wrap(bytes);
    out.putInt(SwitchLayout.FORWARD_KEY_SWITCH, switchId);
    out.putShort(SwitchLayout.FORWARD_KEY_VID, (short) vid);
    out.put(SwitchLayout.FORWARD_KEY_MAC, mac.toBytes());
    return bytes;
  }

  static ForwardKey decode(byte[] bytes) {
    ByteBuffer in = SwitchLayout.wrap(bytes);
    byte[] mac = new byte[MacAddress.LENGTH];
    in.get(SwitchLayout.FORWARD_KEY_MAC, mac);
    return new ForwardKey(
        in.getInt(SwitchLayout.FORWARD_KEY_SWITCH),
        Short.toUnsignedInt(in.getShort(SwitchLayout.FORWARD_KEY_VID)),
        MacAddress.of(mac));
  }
}
