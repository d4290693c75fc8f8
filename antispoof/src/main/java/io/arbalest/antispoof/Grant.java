package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.PolicyFlag;

/** A role that a zone may take although the guards would not let it. */
public enum Grant {
  /** To answer DHCP and DHCPv6 clients. */
  DHCP_SERVER("dhcp-server", PolicyFlag.GRANT_DHCP_SERVER),
  /** To send router advertisements and redirects. */
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
}
