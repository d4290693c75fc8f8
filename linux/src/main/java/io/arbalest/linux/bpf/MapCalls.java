package io.arbalest.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.arbalest.linux.bpf.BpfSyscall.Command;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The element calls of one map, on one piece of memory that is laid out once: an update then costs
 * little more than the system call. Its methods exclude each other.
 */
final class MapCalls {
  private static final int ATTR = 32;

  private final Fd fd;
  private final MapSpec spec;
  private final int cpus;
  private final int slice;
  private final MemorySegment attr;
  private final MemorySegment keyMemory;
  private final MemorySegment valueMemory;

  MapCalls(Fd fd, MapSpec spec) {
    this.fd = fd;
    this.spec = spec;
    this.cpus = spec.kind().isPerCpu() ? PossibleCpus.count() : 1;
    // The kernel pads the values of a per-CPU entry, and only those, to 8 bytes.
    this.slice = spec.kind().isPerCpu() ? padded(spec.valueSize()) : spec.valueSize();
    Arena arena = Arena.ofAuto();
    this.attr = arena.allocate(ATTR, Long.BYTES);
    this.keyMemory = arena.allocate(Math.max(1, spec.keySize()), Long.BYTES);
    this.valueMemory = arena.allocate(Math.max(1, valueBytes()), Long.BYTES);
  }

  private static int padded(int bytes) {
    return bytes + Long.BYTES - 1 & -Long.BYTES;
  }

  private long valueBytes() {
    return Math.max((long) slice * cpus, spec.keySize());
  }

  synchronized Optional<byte[]> lookup(byte[] key) {
    prepare(key, valueMemory, 0);
    return found(Command.MAP_LOOKUP_ELEM)
        ? Optional.of(valueMemory.asSlice(0, (long) slice * cpus).toArray(JAVA_BYTE))
        : Optional.empty();
  }

  /** The part of each CPU in what {@link #lookup} gave, without the padding. */
  List<byte[]> slices(byte[] values) {
    List<byte[]> slices = new ArrayList<>(cpus);
    for (int cpu = 0; cpu < cpus; cpu++) {
      slices.add(Arrays.copyOfRange(values, cpu * slice, cpu * slice + spec.valueSize()));
    }
    return List.copyOf(slices);
  }

  /** Adds up a value that is made of one or more rounds of 64-bit counters. */
  static void addCounters(byte[] values, long[] sums) {
    MemorySegment words = MemorySegment.ofArray(values);
    for (int i = 0; i < values.length / Long.BYTES; i++) {
      sums[i % sums.length] += words.get(JAVA_LONG_UNALIGNED, (long) i * Long.BYTES);
    }
  }

  synchronized void update(byte[] key, byte[] value, UpdateMode mode) {
    checkSize("value", value, spec.valueSize());
    prepare(key, valueMemory, mode.flags());
    for (int cpu = 0; cpu < cpus; cpu++) {
      MemorySegment.copy(value, 0, valueMemory, JAVA_BYTE, (long) cpu * slice, value.length);
    }
    BpfSyscall.require(Command.MAP_UPDATE_ELEM, spec.name(), attr);
  }

  synchronized boolean delete(byte[] key) {
    prepare(key, MemorySegment.NULL, 0);
    return found(Command.MAP_DELETE_ELEM);
  }

  synchronized List<byte[]> keys() {
    return KeyWalk.keys(Command.MAP_GET_NEXT_KEY.on(spec.name()), this::next);
  }

  private Optional<byte[]> next(Optional<byte[]> key) {
    prepare(key.orElseGet(() -> new byte[spec.keySize()]), valueMemory, 0);
    if (key.isEmpty()) {
      attr.set(JAVA_LONG, 8, 0);
    }
    return found(Command.MAP_GET_NEXT_KEY)
        ? Optional.of(valueMemory.asSlice(0, spec.keySize()).toArray(JAVA_BYTE))
        : Optional.empty();
  }

  private boolean found(Command command) {
    if (BpfSyscall.call(command, attr) == 0) {
      return true;
    }
    if (Libc.errno() != Errno.ENOENT.number()) {
      throw KernelException.last(command.on(spec.name()));
    }
    return false;
  }

  private void prepare(byte[] key, MemorySegment second, long flags) {
    checkSize("key", key, spec.keySize());
    if (spec.kind() == MapKind.RINGBUF) {
      throw new IllegalStateException("map " + spec.name() + " is a ring buffer, it has no keys");
    }
    MemorySegment.copy(key, 0, keyMemory, JAVA_BYTE, 0, key.length);
    attr.set(JAVA_INT, 0, fd.number());
    attr.set(JAVA_LONG, 8, keyMemory.address());
    attr.set(JAVA_LONG, 16, second.address());
    attr.set(JAVA_LONG, 24, flags);
  }

  private void checkSize(String what, byte[] bytes, int size) {
    if (bytes.length != size) {
      throw new IllegalArgumentException(
          "map %s: %s has %d bytes, %d are needed"
              .formatted(spec.name(), what, bytes.length, size));
    }
  }
}
