package io.arbalest.zone.lab;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.Instance;
import io.arbalest.zone.daemon.ControlClient;
import io.arbalest.zone.daemon.ControlFrame;
import io.arbalest.zone.daemon.DaemonLauncher;
import io.arbalest.zone.daemon.DaemonOptions;
import io.arbalest.zone.daemon.ProtocolException;
import io.arbalest.zone.plan.Progress;
import java.io.IOException;
import java.util.Optional;

/** Reaches the daemons of a lab's hosts as processes of this machine. */
public final class DaemonHosts implements LabHosts {
  private final DaemonLauncher launcher;

  /** Hosts whose daemons a launcher starts. */
  public DaemonHosts(DaemonLauncher launcher) {
    this.launcher = launcher;
  }

  @Override
  public void start(Instance host, NetworkNamespace namespace) {
    if (new ControlClient(host.controlSocket()).answers()) {
      return;
    }
    try {
      launcher.launch(
          new DaemonOptions(host, /* onDemand= */ false, DaemonOptions.DEFAULT_LINGER),
          Optional.of(namespace));
    } catch (IOException e) {
      throw new LabException("host " + host.name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void converge(Instance host, HostSpec desired, Progress progress) {
    StringBuilder complaint = new StringBuilder();
    try {
      int status =
          new ControlClient(host.controlSocket())
              .converge(desired, frame -> hear(frame, progress, complaint));
      if (status != 0) {
        throw new LabException("host " + host.name() + ": " + complaint.toString().strip());
      }
    } catch (IOException | ProtocolException e) {
      throw new LabException("host " + host.name() + ": " + e.getMessage(), e);
    }
  }

  private static void hear(ControlFrame frame, Progress progress, StringBuilder complaint) {
    switch (frame) {
      case ControlFrame.Out(String text) -> text.lines().forEach(progress::report);
      case ControlFrame.Err(String text) -> complaint.append(text);
      default -> {
        // The exit status is what the call returns; a host's daemon never asks us to launch.
      }
    }
  }
}
