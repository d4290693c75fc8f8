package io.arbalest.zone.daemon;

import io.arbalest.zone.host.Host;
import java.util.List;

/** A daemon's main without any command. */
final class PlainDaemon {
  private PlainDaemon() {}

  public static void main(String[] arguments) {
    DaemonOptions options = DaemonOptions.parse(List.of(arguments), System.getenv());
    System.exit(Daemon.serve(options, Host::open, host -> (invocation, output) -> 0));
  }
}
