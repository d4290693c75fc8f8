package io.arbalest.overlay.path;

import java.util.Arrays;
import java.util.Map;

/**
 * An immutable map from {@code long} to {@code int} by open addressing; a lookup allocates nothing.
 */
final class LongTable {
  private static final int FREE = Integer.MIN_VALUE;

  /** Spreads neighbouring keys: 2^64 over the golden ratio. */
  static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

  private final long[] keys;
  private final int[] values;
  private final int mask;

  /**
   * @param entries values must not be {@link Integer#MIN_VALUE}
   */
  LongTable(Map<Long, Integer> entries) {
    int capacity = Math.max(2, Integer.highestOneBit(Math.max(1, entries.size())) << 2);
    keys = new long[capacity];
    values = new int[capacity];
    mask = capacity - 1;
    Arrays.fill(values, FREE);
    entries.forEach(this::put);
  }

  private void put(long key, int value) {
    int slot = slot(key);
    while (values[slot] != FREE) {
      slot = (slot + 1) & mask;
    }
    keys[slot] = key;
    values[slot] = value;
  }

  /** The key's value, or {@code missing}. */
  int get(long key, int missing) {
    int slot = slot(key);
    while (values[slot] != FREE) {
      if (keys[slot] == key) {
        return values[slot];
      }
      slot = (slot + 1) & mask;
    }
    return missing;
  }

  private int slot(long key) {
    long mixed = key * GOLDEN;
    return (int) (mixed >>> 32 ^ mixed >>> 52) & mask;
  }
}
