package io.arbalest.linux.bpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The mounts of one mount namespace, {@code proc_pid_mountinfo(5)}. */
final class MountTable {
  private static final Path SOURCE = Path.of("/proc/thread-self/mountinfo");
  private static final int MOUNT_POINT = 4;

  private final List<String> lines;

  MountTable(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  static MountTable ofThisThread() {
    try {
      return new MountTable(Files.readAllLines(SOURCE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + SOURCE, e);
    }
  }

  /** Whether a file system of that type is mounted exactly there. */
  boolean isMounted(Path directory, String type) {
    return lines.stream().anyMatch(line -> matches(line, directory.toString(), type));
  }

  /** The type is the first word after a lone dash, because optional fields come before it. */
  private static boolean matches(String line, String directory, String type) {
    List<String> words = List.of(line.split(" ", -1));
    int dash = words.indexOf("-");
    return dash > MOUNT_POINT
        && words.size() > dash + 1
        && words.get(dash + 1).equals(type)
        && unescape(words.get(MOUNT_POINT)).equals(directory);
  }

  /** Undoes the octal escapes of space, tab, line feed and backslash. */
  private static String unescape(String word) {
    return word.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
