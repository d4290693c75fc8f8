package io.arbalest.zone.daemon;

import io.arbalest.zone.Instance;
import io.arbalest.zone.InstanceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a daemon is to behave.
 *
 * @param instance who it is
 * @param onDemand whether it ends by itself when it holds nothing
 * @param linger how long a daemon that holds nothing waits for another request before it ends; one
 *     that has just given up the last thing it held does not wait
 */
public record DaemonOptions(Instance instance, boolean onDemand, Duration linger) {
  /** Long enough to serve somebody who types commands one after the other. */
  public static final Duration DEFAULT_LINGER = Duration.ofSeconds(5);

  private static final String ON_DEMAND = "--on-demand";

  /**
   * Reads the arguments {@code [--on-demand] INSTANCE}; the places come from the environment.
   *
   * @throws IllegalArgumentException for any other arguments
   */
  public static DaemonOptions parse(List<String> arguments, Map<String, String> environment) {
    List<String> names = new ArrayList<>(arguments);
    boolean onDemand = names.remove(ON_DEMAND);
    if (names.size() > 1) {
      throw new IllegalArgumentException(
          "invalid arguments " + arguments + ": [" + ON_DEMAND + "] INSTANCE is allowed");
    }
    InstanceName name = names.isEmpty() ? InstanceName.GLOBAL : new InstanceName(names.getFirst());
    return new DaemonOptions(Instance.of(name, environment), onDemand, DEFAULT_LINGER);
  }

  /** The arguments that {@link #parse} reads. */
  public List<String> arguments() {
    String name = instance.name().text();
    return onDemand ? List.of(ON_DEMAND, name) : List.of(name);
  }
}
