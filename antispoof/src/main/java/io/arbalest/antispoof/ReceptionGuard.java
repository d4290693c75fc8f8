package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.PolicyFlag;

/** What a VNIC's guard does on the way to its zone. */
public enum ReceptionGuard {
  /**
   * Unicast that is not to one of the zone's MAC and IP addresses does not reach it. Networks that
   * it routes count as its own, and so does what a DHCP server offers it.
   */
  OWN_ONLY("own-only", PolicyFlag.OWN_ONLY),
  /** Router advertisements and redirects reach it from trusted routers alone. */
  RA_GUARD("ra-guard", PolicyFlag.RA_GUARD),
  /** DHCP and DHCPv6 servers' messages reach it from trusted servers alone. */
  DHCP_GUARD("dhcp-guard", PolicyFlag.DHCP_GUARD);

  private final String label;
  private final PolicyFlag flag;

  ReceptionGuard(String label, PolicyFlag flag) {
    this.label = label;
    this.flag = flag;
  }

  /** The name in commands and files. */
  public String label() {
    return label;
  }

  PolicyFlag flag() {
    return flag;
  }

  /**
   * The guard of a name.
   *
   * @throws InvalidPolicyException if there is none
   */
  public static ReceptionGuard parse(String text) {
    return Limits.word("reception", text, values(), ReceptionGuard::label);
  }

  @Override
  public String toString() {
    return label;
  }
}
