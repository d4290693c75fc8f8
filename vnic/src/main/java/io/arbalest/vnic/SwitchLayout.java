package io.arbalest.vnic;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The tables that the switch program and this module share: names, sizes and field offsets in
 * bytes. Numbers are in host order, MAC addresses in wire order. {@link SwitchProgram} reads these
 * offsets, the records {@link ForwardKey}, {@link ForwardEntry}, {@link PortRecord}, {@link
 * SwitchRecord} and {@link PortCounters} read and write them; nobody else knows them.
 */
final class SwitchLayout {
  /** {switch, VLAN, MAC} to port. */
  static final String FORWARD = "sw_forward";

  static final int FORWARD_KEY_SWITCH = 0;
  static final int FORWARD_KEY_VID = 4;
  static final int FORWARD_KEY_MAC = 6;
  static final int FORWARD_KEY_SIZE = 12;

  static final int FORWARD_IFINDEX = 0;
  static final int FORWARD_FLAGS = 4;
  static final int FORWARD_SIZE = 8;

  /** Flag of a forwarding entry: frames are transmitted by the port, past its egress hook. */
  static final int FORWARD_BY_PORT = 1;

  /** Likewise, for frames that may be of a control protocol alone. */
  static final int FORWARD_CONTROL_BY_PORT = 2;

  /** Flag of a forwarding entry: the address moves to the port that last sent from it. */
  static final int FORWARD_SHARED = 4;

  /**
   * {port, 0, MAC} to the forwarding entry that the port may put up for the address when it sends
   * from it; keys and values are laid out as those of {@link #FORWARD}.
   */
  static final String SHARED = "sw_shared";

  /** Interface index of a port to the switch it is in. */
  static final String PORTS = "sw_ports";

  static final int PORT_SWITCH = 0;
  static final int PORT_VID = 4;
  static final int PORT_MAC = 6;
  static final int PORT_KIND = 12;
  static final int PORT_FLAGS = 14;
  static final int PORT_SIZE = 16;

  /** Flag of a port: it has entries in {@link #SHARED}. */
  static final int PORT_SHARES = 1;

  /** Flag of a port: it gets a copy of every unicast frame of its switch. */
  static final int PORT_WATCHES = 2;

  /** Flag of a port: another of its switch watches. */
  static final int PORT_WATCHED = 4;

  /** Flag of a port: more addresses than {@link #PORT_MAC} lead to it. */
  static final int PORT_MORE_MACS = 8;

  /** Switch number to its uplink and the ports that get copies of group frames. */
  static final String SWITCHES = "sw_switches";

  static final int SWITCH_UPLINK = 0;
  static final int SWITCH_COUNT = 4;
  static final int SWITCH_MTU = 8;
  static final int SWITCH_FLAGS = 12;
  static final int SWITCH_NAME = 16;
  static final int SWITCH_NAME_SIZE = 16;
  static final int SWITCH_MEMBERS = 32;
  static final int SWITCH_SIZE = SWITCH_MEMBERS + Integer.BYTES * SwitchProgram.MAX_MEMBERS;

  /** Flag of a switch: one of its ports watches, so all have {@link #PORT_WATCHED}. */
  static final int SWITCH_WATCHED = 1;

  /** Interface index of a port to its counters, one set for each CPU. */
  static final String COUNTERS = "sw_counters";

  static final int COUNTER_OUT_PACKETS = 0;
  static final int COUNTER_OUT_BYTES = 8;
  static final int COUNTER_IN_PACKETS = 16;
  static final int COUNTER_IN_BYTES = 24;
  static final int COUNTER_DROPS = 32;
  static final int COUNTERS_SIZE = COUNTER_DROPS + Long.BYTES * SwitchDrop.values().length;

  /** Ports, and so VNICs, that one daemon can have. */
  static final int MAX_PORTS = 65_536;

  static final int MAX_SWITCHES = 4096;

  private SwitchLayout() {}

  static int dropOffset(SwitchDrop reason) {
    return COUNTER_DROPS + Long.BYTES * reason.number();
  }

  /** The bytes of a key or a value, in the byte order of the tables. */
  static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }
}
