package io.arbalest.vnic;

import java.nio.ByteBuffer;

/**
 * Where a unicast frame goes.
 *
 * @param ifindex the port of the VNIC that has the address
 * @param sameNamespace whether that VNIC lives in the daemon's namespace, where a frame cannot be
 *     handed to it directly and has to be transmitted by its port
 */
record ForwardEntry(int ifindex, boolean sameNamespace) {
  byte[] encode() {
    byte[] bytes = new byte[SwitchLayout.FORWARD_SIZE];
    ByteBuffer out = SwitchLayout.wrap(bytes);
    out.putInt(SwitchLayout.FORWARD_IFINDEX, ifindex);
    out.putInt(SwitchLayout.FORWARD_FLAGS, sameNamespace ? SwitchLayout.FLAG_SAME_NAMESPACE : 0);
    return bytes;
  }

  static ForwardEntry decode(byte[] bytes) {
    ByteBuffer in = SwitchLayout.wrap(bytes);
    int flags = in.getInt(SwitchLayout.FORWARD_FLAGS);
    return new ForwardEntry(
        in.getInt(SwitchLayout.FORWARD_IFINDEX), (flags & SwitchLayout.FLAG_SAME_NAMESPACE) != 0);
  }
}
