package io.arbalest.zone;

import io.arbalest.linux.netns.UidRange;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.Libc;
import io.arbalest.vnic.ZoneName;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * The processes of a zone: those in its user namespace, and those with one of its user ids, which
 * are what a process of the zone can become in namespaces of its own making.
 */
final class ZoneProcesses {
  private static final int SIGKILL = 9;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long PAUSE_MILLIS = 2;

  private final String namespace;
  private final LongPredicate ids;

  /**
   * @param ids whether a user id of the host is the zone's
   */
  ZoneProcesses(long userNamespaceInode, LongPredicate ids) {
    this.namespace = "user:[" + userNamespaceInode + "]";
    this.ids = ids;
  }

  static LongPredicate within(UidRange range) {
    return id -> id >= range.base() && id < range.base() + range.count();
  }

  /** Their process ids, now. */
  List<Integer> list() {
    List<Integer> found = new ArrayList<>();
    String[] names = new File("/proc").list((dir, name) -> Character.isDigit(name.charAt(0)));
    for (String name : names == null ? new String[0] : names) {
      if (belongs(Path.of("/proc", name))) {
        found.add(Integer.valueOf(name));
      }
    }
    return found;
  }

  private boolean belongs(Path process) {
    try {
      int uid = (Integer) Files.getAttribute(process, "unix:uid");
      return ids.test(Integer.toUnsignedLong(uid))
          || Files.readSymbolicLink(process.resolve("ns/user")).toString().equals(namespace);
    } catch (IOException e) {
      // It has ended meanwhile, or is a zombie without namespaces.
      return false;
    }
  }

  /**
   * Kills them, again and again until no more appear.
   *
   * @throws ZoneException naming those that do not end
   */
  void killAll(ZoneName zone) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<Integer> left = list();
    while (!left.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new ZoneException(zone, "processes " + left + " do not end");
      }
      for (int pid : left) {
        Failpoint.hit("kill " + pid);
        Libc.kill(pid, SIGKILL);
      }
      pause();
      left = list();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while processes of a zone end", e);
    }
  }
}
