package io.arbalest.vnic;

/**
 * How the switch hands unicast frames to a VNIC's zone. Group frames are always copied to the port,
 * and so pass the guard's {@link PortGuard#reception()}.
 */
public enum Delivery {
  /** Straight to the zone end: nothing on the way looks at them. The fast path. */
  DIRECT,
  /**
   * Frames that may be of a control protocol (DHCP, DHCPv6, ICMPv6 router advertisements, or IPv6
   * behind extension headers) are sent by the port, past the guard; all others go straight.
   */
  CONTROL_BY_PORT,
  /** Every frame is sent by the port, past the guard. */
  BY_PORT
}
