package io.arbalest.antispoof.rules;

/** A number that an expression can read from the port's policy. */
public enum PolicyField {
  /** The VNIC's MAC address: 48 bits, first octet on the wire in the highest of them. */
  MAC,
  /** The lowest UDP port of the host's VTEPs; 1 if it has none, so that no port is in between. */
  VTEP_FIRST_PORT,
  /** The highest UDP port of the host's VTEPs; 0 if it has none. */
  VTEP_LAST_PORT
}
