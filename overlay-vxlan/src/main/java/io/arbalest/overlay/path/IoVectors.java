package io.arbalest.overlay.path;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An array of {@code struct iovec} for one system call, built once and refilled. */
final class IoVectors {
  /** Octets of one element, and where its length is. */
  static final long SIZE = 16;

  static final long LENGTH = 8;

  private final MemorySegment memory;

  IoVectors(Arena arena, int capacity) {
    memory = arena.allocate(SIZE * capacity, SIZE);
  }

  void set(int index, long address, long length) {
    memory.set(ValueLayout.JAVA_LONG, index * SIZE, address);
    memory.set(ValueLayout.JAVA_LONG, index * SIZE + LENGTH, length);
  }

  /** The address that an element points at. */
  long target(int index) {
    return memory.get(ValueLayout.JAVA_LONG, index * SIZE);
  }

  long length(int index) {
    return memory.get(ValueLayout.JAVA_LONG, index * SIZE + LENGTH);
  }

  /** Where the element itself lies, for the kernel. */
  long address(int index) {
    return memory.address() + index * SIZE;
  }
}
