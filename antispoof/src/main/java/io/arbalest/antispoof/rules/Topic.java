package io.arbalest.antispoof.rules;

/**
 * What a frame has to say to somebody who learns addresses. The numbers are part of the records in
 * a ring buffer, which outlives the daemon: never reuse one.
 */
public enum Topic {
  /** A DHCPv4 message. */
  DHCPV4(0),
  /** A DHCPv6 message. */
  DHCPV6(1),
  /** Neighbour discovery: router advertisements, and what duplicate address detection sends. */
  ND(2);

  private final int number;

  Topic(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
