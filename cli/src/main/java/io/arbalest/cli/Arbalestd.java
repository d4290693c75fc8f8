package io.arbalest.cli;

import io.arbalest.cli.client.DaemonLauncher;
import io.arbalest.cli.host.LiveHost;
import io.arbalest.cli.lab.LabTool;
import io.arbalest.cli.verb.Toolbox;
import io.arbalest.zone.Instance;
import io.arbalest.zone.InstanceName;
import io.arbalest.zone.SpecJson;
import io.arbalest.zone.daemon.Daemon;
import io.arbalest.zone.daemon.DaemonOptions;
import io.arbalest.zone.daemon.DaemonRunningException;
import io.arbalest.zone.daemon.Verbs;
import io.arbalest.zone.host.Host;
import io.arbalest.zone.lab.DaemonHosts;
import io.arbalest.zone.lab.HostWithLabs;
import io.arbalest.zone.lab.Labs;
import io.arbalest.zone.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The daemon's main: {@code [--on-demand] [INSTANCE]}.
 *
 * <p>The machine's own daemon has the tool {@code lab}; those of a lab's hosts do not. The exit
 * status is 2 for other arguments, 3 if the instance has a daemon already, 1 if it cannot start.
 */
public final class Arbalestd {
  private static final int FAILED = 1;
  private static final int MISUSE = 2;

  private Arbalestd() {}

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.getenv()));
  }

  private static int run(List<String> arguments, Map<String, String> environment) {
    DaemonOptions options;
    try {
      options = DaemonOptions.parse(arguments, environment);
    } catch (IllegalArgumentException e) {
      return complain(e, MISUSE);
    }
    try {
      return serve(options, environment);
    } catch (DaemonRunningException e) {
      return complain(e, DaemonLauncher.ALREADY_RUNNING);
    } catch (RuntimeException e) {
      return complain(e, FAILED);
    }
  }

  private static int complain(Exception e, int status) {
    System.err.println("arbalestd: " + (e.getMessage() == null ? e : e.getMessage()));
    return status;
  }

  private static int serve(DaemonOptions options, Map<String, String> environment) {
    if (options.instance().name().equals(InstanceName.GLOBAL)) {
      return Daemon.serve(
          options,
          instance -> new HostWithLabs<>(Host.open(instance), labs(instance, environment)),
          held -> verbs(held.host(), held.labs()));
    }
    return Daemon.serve(options, Host::open, host -> new Toolbox(Tools.of(new LiveHost(host))));
  }

  private static Labs labs(Instance instance, Map<String, String> environment) {
    var launcher = new io.arbalest.zone.daemon.DaemonLauncher(Arbalestd.class.getName(), Map.of());
    Store store = Store.open(instance.state(), SpecJson.mapper());
    return new Labs(store, instance, environment, new DaemonHosts(launcher));
  }

  private static Verbs verbs(Host host, Labs labs) {
    var tools = new ArrayList<>(Tools.of(new LiveHost(host)));
    tools.add(new LabTool(() -> labs));
    return new Toolbox(tools);
  }
}
