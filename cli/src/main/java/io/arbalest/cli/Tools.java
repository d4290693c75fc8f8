package io.arbalest.cli;

import io.arbalest.cli.dladm.Dladm;
import io.arbalest.cli.host.HostView;
import io.arbalest.cli.ipadm.Ipadm;
import io.arbalest.cli.protection.ProtectionTools;
import io.arbalest.cli.verb.Tool;
import io.arbalest.cli.zone.Zlogin;
import io.arbalest.cli.zone.Zoneadm;
import java.util.ArrayList;
import java.util.List;

/** The tools that every host has. A new one is added here. */
final class Tools {
  private Tools() {}

  static List<Tool> of(HostView host) {
    List<Tool> tools =
        new ArrayList<>(
            List.of(Dladm.of(host), Ipadm.of(host), new Zoneadm(host), new Zlogin(host)));
    tools.addAll(ProtectionTools.of(host));
    return tools;
  }
}
