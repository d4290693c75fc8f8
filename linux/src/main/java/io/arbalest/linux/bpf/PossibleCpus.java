package io.arbalest.linux.bpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many CPUs the kernel makes room for, which is how many values a per-CPU entry has. */
final class PossibleCpus {
  private static final Path SOURCE = Path.of("/sys/devices/system/cpu/possible");

  private PossibleCpus() {}

  /** Fixed from the kernel's start on. */
  static int count() {
    try {
      return count(Files.readString(SOURCE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + SOURCE, e);
    }
  }

  /**
   * The size of a list such as {@code 0-3,8}.
   *
   * @throws IllegalArgumentException if it is no such list
   */
  static int count(String list) {
    int count = 0;
    for (String range : list.strip().split(",", -1)) {
      int dash = range.indexOf('-');
      int first = Integer.parseUnsignedInt(dash < 0 ? range : range.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseUnsignedInt(range.substring(dash + 1));
      if (last < first) {
        throw new IllegalArgumentException("CPU range " + range + " ends before it begins");
      }
      count += last - first + 1;
    }
    return count;
  }
}
