package io.arbalest.vnic;

import java.nio.ByteBuffer;

/**
 * Where a unicast frame goes.
 *
 * @param ifindex the port of the VNIC that has the address
 * @param delivery how it is handed over; {@link Delivery#BY_PORT} also if the VNIC lives in the
 *     daemon's own namespace, where no frame can be handed to it directly
 * @param shared whether the address moves to whichever port granted it last sent from it
 */
record ForwardEntry(int ifindex, Delivery delivery, boolean shared) {
  /** The entry of an address that is one port's alone. */
  static ForwardEntry of(int ifindex, Delivery delivery) {
    return new ForwardEntry(ifindex, delivery, false);
  }

  byte[] encode() {
    byte[] bytes = new byte[SwitchLayout.FORWARD_SIZE];
    ByteBuffer out = SwitchLayout.wrap(bytes);
    out.putInt(SwitchLayout.FORWARD_IFINDEX, ifindex);
    out.putInt(SwitchLayout.FORWARD_FLAGS, flags());
    return bytes;
  }

  private int flags() {
    int how =
        switch (delivery) {
          case DIRECT -> 0;
          case CONTROL_BY_PORT -> SwitchLayout.FORWARD_CONTROL_BY_PORT;
          case BY_PORT -> SwitchLayout.FORWARD_BY_PORT;
        };
    return shared ? how | SwitchLayout.FORWARD_SHARED : how;
  }

  static ForwardEntry decode(byte[] bytes) {
    ByteBuffer in = SwitchLayout.wrap(bytes);
    int flags = in.getInt(SwitchLayout.FORWARD_FLAGS);
    return new ForwardEntry(
        in.getInt(SwitchLayout.FORWARD_IFINDEX),
        delivery(flags),
        (flags & SwitchLayout.FORWARD_SHARED) != 0);
  }

  private static Delivery delivery(int flags) {
    if ((flags & SwitchLayout.FORWARD_BY_PORT) != 0) {
      return Delivery.BY_PORT;
    }
    return (flags & SwitchLayout.FORWARD_CONTROL_BY_PORT) != 0
        ? Delivery.CONTROL_BY_PORT
        : Delivery.DIRECT;
  }
}
