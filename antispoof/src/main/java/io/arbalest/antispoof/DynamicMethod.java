package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.PolicyFlag;

/** How a zone may get addresses by itself: illumos's {@code dynamic-methods}. */
public enum DynamicMethod {
  DHCPV4("dhcpv4", PolicyFlag.METHOD_DHCPV4),
  DHCPV6("dhcpv6", PolicyFlag.METHOD_DHCPV6),
  SLAAC("slaac", PolicyFlag.METHOD_SLAAC);

  private final String label;
  private final PolicyFlag flag;

  DynamicMethod(String label, PolicyFlag flag) {
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
