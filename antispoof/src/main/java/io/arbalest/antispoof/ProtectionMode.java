package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.PolicyFlag;

/** The link protection modes of illumos, {@code dladm set-linkprop -p protection=...}. */
public enum ProtectionMode {
  /** The Ethernet source is the VNIC's MAC address. */
  MAC_NOSPOOF("mac-nospoof", PolicyFlag.MAC_NOSPOOF),
  /** Nothing but IPv4, ARP and IPv6. */
  RESTRICTED("restricted", PolicyFlag.RESTRICTED),
  /** IP, ARP and ND sources are among the allowed addresses. */
  IP_NOSPOOF("ip-nospoof", PolicyFlag.IP_NOSPOOF),
  /** DHCP client identifiers are the VNIC's own. */
  DHCP_NOSPOOF("dhcp-nospoof", PolicyFlag.DHCP_NOSPOOF);

  private final String label;
  private final PolicyFlag flag;

  ProtectionMode(String label, PolicyFlag flag) {
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
   * The mode of a name.
   *
   * @throws InvalidPolicyException if there is none
   */
  public static ProtectionMode parse(String text) {
    return Limits.word("protection", text, values(), ProtectionMode::label, Protection.words());
  }

  @Override
  public String toString() {
    return label;
  }
}
