package io.arbalest.overlay.path;

import java.util.Arrays;
import java.util.List;

/** An immutable index of underlay addresses: address to position in the list it was made of. */
final class AddressTable {
  private static final int FREE = -1;

  private final long[] highs;
  private final long[] lows;
  private final int[] ids;
  private final int mask;

  AddressTable(List<OuterAddress> distinct) {
    int capacity = Math.max(2, Integer.highestOneBit(Math.max(1, distinct.size())) << 2);
    highs = new long[capacity];
    lows = new long[capacity];
    ids = new int[capacity];
    mask = capacity - 1;
    Arrays.fill(ids, FREE);
    for (int id = 0; id < distinct.size(); id++) {
      put(distinct.get(id), id);
    }
  }

  private void put(OuterAddress address, int id) {
    int slot = slot(address.high(), address.low());
    while (ids[slot] != FREE) {
      slot = (slot + 1) & mask;
    }
    highs[slot] = address.high();
    lows[slot] = address.low();
    ids[slot] = id;
  }

  /** The address's position, or {@code missing}. */
  int get(long high, long low, int missing) {
    int slot = slot(high, low);
    while (ids[slot] != FREE) {
      if (highs[slot] == high && lows[slot] == low) {
        return ids[slot];
      }
      slot = (slot + 1) & mask;
    }
    return missing;
  }

  private int slot(long high, long low) {
    long mixed = (high * 31 + low) * LongTable.GOLDEN;
    return (int) (mixed >>> 32 ^ mixed >>> 52) & mask;
  }
}
