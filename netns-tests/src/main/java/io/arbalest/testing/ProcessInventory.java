package io.arbalest.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** This process's descriptors, and the daemons and children of this machine. */
final class ProcessInventory {
  private static final String DAEMON = "io.arbalest.cli.Arbalestd";

  static {
    openWhatTheJdkKeeps();
  }

  private ProcessInventory() {}

  /** The JDK keeps one socket for ever from the first time that a socket is closed. */
  private static void openWhatTheJdkKeeps() {
    try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      first.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many descriptors this process has of each kind; numbers and inodes say nothing. */
  static List<String> descriptors() {
    Map<String, Integer> kinds = new TreeMap<>();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      open.map(ProcessInventory::kind)
          .filter(kind -> !kind.startsWith("file"))
          .forEach(kind -> kinds.merge(kind, 1, Integer::sum));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kinds.entrySet().stream().map(e -> "fd " + e.getKey() + " x" + e.getValue()).toList();
  }

  /** Daemons that run anywhere on this machine, and processes this one started. */
  static List<String> daemons() {
    long self = ProcessHandle.current().pid();
    return ProcessHandle.allProcesses()
        .filter(process -> isDaemon(process) || isChild(process, self))
        .map(process -> "process " + process.pid() + " " + process.info().command().orElse("?"))
        .toList();
  }

  private static boolean isDaemon(ProcessHandle process) {
    try {
      String line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
      return line.contains('\0' + DAEMON + '\0');
    } catch (IOException gone) {
      return false;
    }
  }

  private static boolean isChild(ProcessHandle process, long parent) {
    return process.parent().map(p -> p.pid() == parent).orElse(false);
  }

  private static String kind(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      if (target.startsWith("/dev/net/")) {
        return target;
      }
      return target.startsWith("/")
          ? "file"
          : target.replaceFirst("[:\\[].*", "") + anonymous(target);
    } catch (IOException gone) {
      return "file";
    }
  }

  private static String anonymous(String target) {
    return target.startsWith("anon_inode:") ? target.substring("anon_inode".length()) : "";
  }
}
