package io.arbalest.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.arbalest.linux.bpf.BpfSyscall.Command;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A map of the kernel and the descriptor by which this process has it.
 *
 * <p>Keys and values are bytes in the layout that the programs use; sizes are checked before the
 * kernel is asked. Safe for use by several threads. The map lives on after {@link #close} while a
 * program, a pin or another descriptor refers to it.
 */
public final class BpfMap implements AutoCloseable {
  private static final String KIND = "bpf-map";

  private final MapSpec spec;
  private final Fd fd;
  private final MapCalls calls;
  private final String updating;
  private final String deleting;

  private BpfMap(MapSpec spec, Fd fd) {
    this.spec = spec;
    this.fd = fd;
    this.calls = new MapCalls(fd, spec);
    this.updating = Command.MAP_UPDATE_ELEM.on(spec.name());
    this.deleting = Command.MAP_DELETE_ELEM.on(spec.name());
  }

  /**
   * Makes a map.
   *
   * @throws KernelException if the kernel refuses (EPERM without CAP_BPF, ENOMEM, E2BIG)
   */
  public static BpfMap create(MapSpec spec) {
    String call = Command.MAP_CREATE.on(spec.name());
    Failpoint.hit(call);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(48, 8);
      attr.set(JAVA_INT, 0, spec.kind().type());
      attr.set(JAVA_INT, 4, spec.keySize());
      attr.set(JAVA_INT, 8, spec.valueSize());
      attr.set(JAVA_INT, 12, spec.maxEntries());
      attr.set(JAVA_INT, 16, spec.kind().flags());
      BpfSyscall.putName(attr, 28, spec.name());
      return new BpfMap(spec, Fd.own(BpfSyscall.call(Command.MAP_CREATE, attr), call));
    }
  }

  /**
   * Opens a pinned map.
   *
   * @throws KernelException if there is none (ENOENT)
   * @throws IllegalArgumentException if something else is pinned there, or a map of a kind that is
   *     not in {@link MapKind}
   */
  public static BpfMap open(Path pin) {
    return adopt(BpfSyscall.openPinned(pin, KIND));
  }

  /** Opens a map by the id that the kernel gave it; empty if it is gone. */
  public static Optional<BpfMap> open(int id) {
    return BpfSyscall.byId(Command.MAP_GET_FD_BY_ID, id).map(BpfMap::adopt);
  }

  private static BpfMap adopt(Fd fd) {
    try {
      MapInfo info = MapInfo.of(fd);
      MapKind kind =
          info.kind()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "map " + info.name() + " has the unknown type " + info.type()));
      MapInfo.Shape shape = info.shape();
      return new BpfMap(
          new MapSpec(info.name(), kind, shape.keySize(), shape.valueSize(), shape.maxEntries()),
          fd);
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  public MapSpec spec() {
    return spec;
  }

  /** What the kernel says of it now. */
  public MapInfo info() {
    return MapInfo.of(fd);
  }

  Fd fd() {
    return fd;
  }

  /**
   * The value of a key; empty if the key is not there.
   *
   * @throws IllegalStateException if each CPU has a value of its own
   */
  public Optional<byte[]> lookup(byte[] key) {
    require(!spec.kind().isPerCpu(), "each CPU has a value of its own, use lookupPerCpu");
    return calls.lookup(key);
  }

  /**
   * The values of a key, one for each possible CPU; empty if the key is not there.
   *
   * @throws IllegalStateException if this is no per-CPU map
   */
  public List<byte[]> lookupPerCpu(byte[] key) {
    require(spec.kind().isPerCpu(), "it has one value for all CPUs, use lookup");
    return calls.lookup(key).map(calls::slices).orElseGet(List::of);
  }

  /**
   * The value of a key taken as 64-bit counters and summed over the CPUs; all zero if the key is
   * not there. Each counter is exact, but they are not read at one moment.
   *
   * @throws IllegalStateException if the value is not made of 64-bit words
   */
  public long[] sums(byte[] key) {
    require(spec.valueSize() % Long.BYTES == 0, "its value is not made of 64-bit counters");
    long[] sums = new long[spec.valueSize() / Long.BYTES];
    calls.lookup(key).ifPresent(value -> MapCalls.addCounters(value, sums));
    return sums;
  }

  /** Sets the value of a key; in a per-CPU map that of every CPU. */
  public void update(byte[] key, byte[] value) {
    update(key, value, UpdateMode.ANY);
  }

  /**
   * Sets the value of a key; a program sees either the old one or the new one.
   *
   * @throws KernelException EEXIST or ENOENT as {@code mode} says, E2BIG if the map is full
   */
  public void update(byte[] key, byte[] value, UpdateMode mode) {
    Failpoint.hit(updating);
    calls.update(key, value, mode);
  }

  /** Removes a key; false if it was not there. */
  public boolean delete(byte[] key) {
    Failpoint.hit(deleting);
    return calls.delete(key);
  }

  /**
   * The keys. One that is there during the whole walk is in the result, once; one that is made or
   * deleted meanwhile may be.
   *
   * @throws KernelException EAGAIN if keys are deleted faster than they can be read
   */
  public List<byte[]> keys() {
    return calls.keys();
  }

  /** Calls back for the entries; one that goes away after its key was read is left out. */
  public void forEach(BiConsumer<byte[], byte[]> action) {
    for (byte[] key : keys()) {
      lookup(key).ifPresent(value -> action.accept(key, value));
    }
  }

  /** Removes every key that {@link #keys} finds, and says how many. */
  public int clear() {
    return (int) keys().stream().filter(this::delete).count();
  }

  /**
   * Gives the map a path in a mounted {@link Bpffs}, so that it outlives this process.
   *
   * @throws KernelException EEXIST if the path is taken
   */
  public void pin(Path path) {
    Failpoint.hit(Command.OBJ_PIN.on(path));
    BpfSyscall.pin(fd, path);
  }

  private void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalStateException("map " + spec.name() + ": " + problem);
    }
  }

  @Override
  public void close() {
    fd.close();
  }

  @Override
  public String toString() {
    return "map " + spec.name();
  }
}
