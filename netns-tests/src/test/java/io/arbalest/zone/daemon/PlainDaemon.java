package io.arbalest.zone.daemon;

import io.arbalest.zone.host.Host;
import java.time.Duration;
import java.util.List;

/** A daemon's main without any command. */
final class PlainDaemon {
  private static final Duration LINGER = Duration.ofMillis(500);

  private PlainDaemon() {}

  public static void main(String[] arguments) {
    DaemonOptions given = DaemonOptions.parse(List.of(arguments), System.getenv());
    DaemonOptions options = new DaemonOptions(given.instance(), given.onDemand(), LINGER);
    System.exit(Daemon.serve(options, Host::open, host -> (invocation, output) -> 0));
  }
}
