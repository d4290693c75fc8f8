package io.arbalest.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What exists on this machine that a test could have made: links, qdiscs and filters of every
 * reachable network namespace, namespaces, mounts, BPF programs, maps and pins, this process's
 * descriptors, daemons, and the project's files.
 *
 * <p>Two censuses are compared as sets of lines, one line a thing. The kernel gives some things
 * back late (namespaces, BPF programs), so {@link #awaitSame} allows it a bounded time.
 *
 * <p>The system property {@code census.scope=process} narrows it to this process's descriptors and
 * namespace, for a machine on which somebody else makes namespaces at the same time.
 */
public final class Census {
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final boolean WHOLE_MACHINE =
      !"process".equals(System.getProperty("census.scope", "machine"));

  private final SortedSet<String> lines;

  private Census(SortedSet<String> lines) {
    this.lines = lines;
  }

  /** Counts everything, now. */
  public static Census take() {
    SortedSet<String> lines = new TreeSet<>();
    lines.addAll(ProcessInventory.descriptors());
    lines.addAll(NetworkInventory.currentNamespace());
    if (WHOLE_MACHINE) {
      lines.addAll(NetworkInventory.otherNamespaces());
      lines.addAll(BpfObjects.programsAndMaps());
      lines.addAll(MachineInventory.mounts());
      lines.addAll(MachineInventory.files());
      lines.addAll(ProcessInventory.daemons());
    }
    return new Census(lines);
  }

  /**
   * Waits until the machine is as it was when {@code before} was taken.
   *
   * @throws AssertionError naming each thing that appeared or vanished, if it is not so in time
   */
  public static void awaitSame(Census before) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> difference = before.differenceTo(take());
    while (!difference.isEmpty() && System.nanoTime() < deadline) {
      pause();
      difference = before.differenceTo(take());
    }
    if (!difference.isEmpty()) {
      throw new AssertionError(
          "the machine is not as before:\n  " + String.join("\n  ", difference));
    }
  }

  /** What {@code later} has more ("+ …") and less ("- …"); empty if they are the same. */
  public List<String> differenceTo(Census later) {
    List<String> difference = new ArrayList<>();
    later.lines.stream()
        .filter(line -> !lines.contains(line))
        .forEach(l -> difference.add("+ " + l));
    lines.stream()
        .filter(line -> !later.lines.contains(line))
        .forEach(l -> difference.add("- " + l));
    return difference;
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the kernel", e);
    }
  }
}
