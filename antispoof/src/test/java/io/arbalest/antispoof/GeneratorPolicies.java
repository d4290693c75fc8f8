package io.arbalest.antispoof;

import java.util.List;

/** The policies under which generated frames are judged. */
final class GeneratorPolicies {
  private static final String COMPAT = Protection.ILLUMOS_COMPAT;

  /** Together they switch every rule. */
  static final List<PortPolicy> ALL =
      List.of(
          DecisionTable.STATIC,
          DecisionTable.DYNAMIC,
          DecisionTable.EMPTY,
          DecisionTable.GRANTED,
          DecisionTable.MAC_ONLY,
          DecisionTable.IP_ONLY,
          DecisionTable.OPEN,
          Policies.fixed().modes("restricted").policy(),
          Policies.fixed().modes("dhcp-nospoof").listedClients().policy(),
          Policies.dynamic().learned("10.0.0.77", "fd00::77").listedClients().policy(),
          Policies.fixed().methods("dhcpv4", "addrconf").anyClient().policy(),
          Policies.fixed()
              .macs(Policies.SECOND_MAC)
              .virtualRouters(7)
              .routed("192.168.0.0/16", "fd77::/48")
              .reception("own-only")
              .policy(),
          Policies.empty()
              .modes("ip-nospoof")
              .allowed("0.0.0.0/0", "::/0")
              .roles("router")
              .policy(),
          Policies.dynamic()
              .reception("ra-guard", "dhcp-guard", "own-only")
              .trusting("10.0.0.1/32", "fe80::1/128")
              .policy(),
          Policies.fixed().reception("ra-guard").policy(),
          Policies.fixed().reception("dhcp-guard").policy(),
          Policies.fixed().modes(COMPAT).policy(),
          Policies.empty().modes(COMPAT).learned("10.0.0.77", "fd00::77").policy(),
          Policies.fixed().modes("mac-nospoof", COMPAT).policy(),
          Policies.fixed().modes("restricted", COMPAT).policy(),
          Policies.fixed().modes("ip-nospoof", COMPAT).policy(),
          Policies.empty().modes("ip-nospoof", COMPAT).policy(),
          Policies.fixed().modes("dhcp-nospoof", COMPAT).policy(),
          Policies.fixed().modes("dhcp-nospoof", COMPAT).listedClients().policy(),
          Policies.fixed().modes("dhcp-nospoof", COMPAT).anyClient().policy());

  private GeneratorPolicies() {}
}
