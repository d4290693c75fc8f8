package io.arbalest.cli.ipadm;

import io.arbalest.cli.host.HostView;
import io.arbalest.cli.verb.Listing;
import io.arbalest.cli.verb.Subcommands;
import io.arbalest.cli.verb.Tool;

/** The tool {@code ipadm}. Whatever fails, its exit code is 1. */
public final class Ipadm {
  private static final int MISUSE = 1;

  private Ipadm() {}

  /** The tool for a host. */
  public static Tool of(HostView host) {
    return new Subcommands("ipadm", "IP addresses of zones", MISUSE)
        .add(
            "show-addr [-z <zone>] " + Listing.USAGE + " [<addrobj>]",
            session -> new ShowAddr(host, session));
  }
}
