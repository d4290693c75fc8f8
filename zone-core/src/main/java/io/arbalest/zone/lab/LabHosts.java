package io.arbalest.zone.lab;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.Instance;
import io.arbalest.zone.plan.Progress;

/** How a lab reaches the daemons of its hosts. */
public interface LabHosts {
  /** Starts the daemon of a host inside its namespace, unless it runs; returns when it answers. */
  void start(Instance host, NetworkNamespace namespace);

  /**
   * Brings a host to a spec.
   *
   * @throws LabException in the daemon's words, if it could not be done
   */
  void converge(Instance host, HostSpec desired, Progress progress);
}
