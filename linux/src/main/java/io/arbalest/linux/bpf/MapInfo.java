package io.arbalest.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.arbalest.linux.sys.Fd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * What the kernel says of a map, {@code struct bpf_map_info}.
 *
 * @param id unique while the map lives, not reused soon
 * @param type the kernel's number, which may be of a kind that {@link MapKind} does not have
 * @param flags as given at creation
 */
public record MapInfo(int id, String name, int type, int flags, Shape shape) {
  private static final int BYTES = 88;

  /** Sizes in bytes, and how many entries fit. */
  public record Shape(int keySize, int valueSize, int maxEntries) {}

  static MapInfo of(Fd map) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(BYTES, 8);
      BpfSyscall.info(map, info);
      Shape shape =
          new Shape(info.get(JAVA_INT, 8), info.get(JAVA_INT, 12), info.get(JAVA_INT, 16));
      return new MapInfo(
          info.get(JAVA_INT, 4),
          BpfSyscall.getName(info, 24),
          info.get(JAVA_INT, 0),
          info.get(JAVA_INT, 20),
          shape);
    }
  }

  /** The kind, if it is one that this package can use. */
  public Optional<MapKind> kind() {
    return MapKind.of(type, flags);
  }
}
