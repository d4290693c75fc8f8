package io.arbalest.antispoof.rules;

/** A number that an expression can read from the port's policy. */
public enum PolicyField {
  /** The VNIC's MAC address: 48 bits, first octet on the wire in the highest of them. */
  MAC
}
