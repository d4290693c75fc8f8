package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.PolicyFlag;

/** A role that a zone may take although the guards would not let it. */
public enum Grant {
  /** To answer DHCP and DHCPv6 clients. */
  DHCP_SERVER("dhcp-server", PolicyFlag.GRANT_DHCP_SERVER),
  /** To send router advertisements and redirects, and to relay DHCP and DHCPv6. */
  ROUTER("router", PolicyFlag.GRANT_ROUTER);

  private final String label;
  private final PolicyFlag flag;

  Grant(String label, PolicyFlag flag) {
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
   * The role of a name.
   *
   * @throws InvalidPolicyException if there is none
   */
  public static Grant parse(String text) {
    return Limits.word("roles", text, values(), Grant::label);
  }

  @Override
  public String toString() {
    return label;
  }
}
