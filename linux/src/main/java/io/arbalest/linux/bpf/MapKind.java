package io.arbalest.linux.bpf;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of map, {@code enum bpf_map_type}, with the flags that each is created with. */
public enum MapKind {
  /** Room for all entries is taken at creation. */
  HASH(1, 0),
  /** Takes room per entry; for maps that are mostly empty. */
  HASH_SPARSE(1, MapKind.NO_PREALLOC),
  /** Key is an index of 4 bytes; every entry exists, zeroed, and cannot be deleted. */
  ARRAY(2, 0),
  /** A value for each possible CPU. */
  PERCPU_HASH(5, 0),
  /** Likewise, taking room per entry: on a machine of many CPUs the whole can be large. */
  PERCPU_HASH_SPARSE(5, MapKind.NO_PREALLOC),
  PERCPU_ARRAY(6, 0),
  /** Longest prefix match; the key is the prefix length (4 bytes, host order), then the bits. */
  LPM_TRIE(11, MapKind.NO_PREALLOC),
  /** A queue to user space, read with {@link RingBuffer}. */
  RINGBUF(27, 0);

  private static final int NO_PREALLOC = 1;

  private final int type;
  private final int flags;

  MapKind(int type, int flags) {
    this.type = type;
    this.flags = flags;
  }

  int type() {
    return type;
  }

  int flags() {
    return flags;
  }

  /** Whether each CPU has a value of its own. */
  public boolean isPerCpu() {
    return type == PERCPU_HASH.type || type == PERCPU_ARRAY.type;
  }

  /** The kind of a kernel map; empty for kinds that are not used here. */
  static Optional<MapKind> of(int type, int flags) {
    return Arrays.stream(values())
        .filter(kind -> kind.type == type && kind.flags == (flags & NO_PREALLOC))
        .findFirst();
  }
}
