package io.arbalest.cli.dladm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.verb.Listing;
import io.arbalest.cli.verb.Subcommands;
import io.arbalest.cli.verb.Tool;
import io.arbalest.vnic.LinkClass;

/** The tool {@code dladm}. Whatever fails, its exit code is 1. */
public final class Dladm {
  private static final int MISUSE = 1;

  private Dladm() {}

  /** The tool for a host. */
  public static Tool of(HostView host) {
    Subcommands dladm = new Subcommands("dladm", "data links: VNICs, etherstubs, overlays", MISUSE);
    links(dladm, host);
    etherstubs(dladm, host);
    vnics(dladm, host);
    overlays(dladm, host);
    properties(dladm, host);
    return dladm;
  }

  private static void links(Subcommands dladm, HostView host) {
    dladm.add(
        "show-link [-s [-i <seconds>]] [-z <zone>] " + Listing.USAGE + " [<link>]",
        session -> new ShowLink(host, session));
  }

  private static void etherstubs(Subcommands dladm, HostView host) {
    dladm
        .add(
            "create-etherstub [-p mtu=<bytes>] <etherstub-link>",
            session -> new CreateEtherstub(host))
        .add(
            "delete-etherstub <etherstub-link>",
            session -> new DeleteLink(host, LinkClass.ETHERSTUB))
        .add(
            "show-etherstub " + Listing.USAGE + " [<etherstub-link>]",
            session -> new ShowEtherstub(host, session));
  }

  private static void vnics(Subcommands dladm, HostView host) {
    dladm
        .add(
            "create-vnic -l <link> [-m <address> | auto | random] [-p <prop>=<value>[,...]]"
                + " <vnic-link>",
            session -> new CreateVnic(host, session))
        .add("delete-vnic [-z <zone>] <vnic-link>", session -> new DeleteVnic(host))
        .add(
            "show-vnic [-l <link>] [-z <zone>] " + Listing.USAGE + " [<vnic-link>]",
            session -> new ShowVnic(host, session));
  }

  private static void overlays(Subcommands dladm, HostView host) {
    dladm
        .add(
            "create-overlay -e <encap> -s <search> -v <vnetid> [-p <prop>=<value>[,...]]"
                + " <overlay-link>",
            session -> new CreateOverlay(host))
        .add("delete-overlay <overlay-link>", session -> new DeleteLink(host, LinkClass.OVERLAY))
        .add(
            "show-overlay [-f | -t] " + Listing.USAGE + " [<overlay-link>...]",
            session -> new ShowOverlay(host, session));
  }

  private static void properties(Subcommands dladm, HostView host) {
    dladm
        .add(
            "set-linkprop [-z <zone>] -p <prop>=<value>[,...] <link>",
            session -> new SetLinkprop(host, session))
        .add(
            "reset-linkprop [-z <zone>] [-p <prop>,...] <link>",
            session -> new ResetLinkprop(host, session))
        .add(
            "show-linkprop [-P] [-z <zone>] [-p <prop>,...] [--json | [-c] -o <field>,...]"
                + " [<link>]",
            session -> new ShowLinkprop(host, session));
  }
}
