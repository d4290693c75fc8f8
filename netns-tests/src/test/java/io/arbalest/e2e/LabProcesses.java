package io.arbalest.e2e;

import io.arbalest.linux.netns.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds daemons by the namespace that they live in. */
final class LabProcesses {
  private LabProcesses() {}

  /** Ends the daemon of a lab's host as a crash would. */
  static void killDaemonIn(String netns) {
    try (NetworkNamespace namespace = NetworkNamespace.open(Path.of("/run/netns", netns))) {
      String wanted = "net:[" + namespace.inode() + "]";
      ProcessHandle daemon =
          ProcessHandle.allProcesses()
              .filter(process -> wanted.equals(namespaceOf(process)))
              .findFirst()
              .orElseThrow();
      daemon.destroyForcibly();
      daemon.onExit().join();
    }
  }

  private static String namespaceOf(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/ns/net")).toString();
    } catch (IOException gone) {
      return "";
    }
  }
}
