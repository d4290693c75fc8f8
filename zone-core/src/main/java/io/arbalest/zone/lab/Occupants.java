package io.arbalest.zone.lab;

import io.arbalest.linux.netns.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The processes whose network namespace is one of a set: nothing of a lab can go before they do.
 */
final class Occupants {
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private Occupants() {}

  /** Every process in one of the namespaces, this one excepted. */
  static List<ProcessHandle> of(Set<Long> namespaces) {
    ProcessHandle self = ProcessHandle.current();
    return ProcessHandle.allProcesses()
        .filter(process -> !process.equals(self) && namespaces.contains(namespace(process)))
        .toList();
  }

  /** Asks all of them to end, and ends what does not. */
  static void end(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroy);
    await(processes);
    processes.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    await(processes);
  }

  private static void await(List<ProcessHandle> processes) {
    long deadline = System.nanoTime() + GRACE.toNanos();
    while (processes.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static long namespace(ProcessHandle process) {
    Path link = Path.of("/proc", Long.toString(process.pid()), "ns", "net");
    try {
      String text = Files.readSymbolicLink(link).toString();
      return Long.parseLong(text.substring(text.indexOf('[') + 1, text.indexOf(']')));
    } catch (IOException | RuntimeException gone) {
      return -1;
    }
  }

  /** The number of a pinned namespace, or nothing that could match if there is no pin. */
  static long inode(Path pin) {
    if (!NetworkNamespace.isPinned(pin)) {
      return -2;
    }
    try (NetworkNamespace namespace = NetworkNamespace.open(pin)) {
      return namespace.inode();
    }
  }
}
