package io.arbalest.linux.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The time since the machine started, times of sleep included: the clock that BPF programs stamp
 * their records with. Unlike the wall clock it is never set.
 */
public final class BootClock {
  private static final int CLOCK_BOOTTIME = 7;
  private static final long NANOS = 1_000_000_000L;
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private BootClock() {}

  /** Nanoseconds since the machine started. */
  public static long nanos() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timespec = arena.allocate(2 * JAVA_LONG.byteSize(), JAVA_LONG.byteAlignment());
      if (Libc.clock_gettime(CLOCK_BOOTTIME, timespec.address()) != 0) {
        throw KernelException.last("clock_gettime CLOCK_BOOTTIME");
      }
      return timespec.get(JAVA_LONG, 0) * NANOS + timespec.get(JAVA_LONG, JAVA_LONG.byteSize());
    }
  }

  /** Which start of the machine this is; its times mean nothing in another one. */
  public static String bootId() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + BOOT_ID, e);
    }
  }
}
