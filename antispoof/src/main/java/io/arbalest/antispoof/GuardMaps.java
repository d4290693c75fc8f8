package io.arbalest.antispoof;

import io.arbalest.linux.bpf.MapKind;
import io.arbalest.linux.bpf.MapSpec;

/**
 * The maps that the guard's program reads and counts in. Integers are in the machine's order,
 * addresses in network order. The layout outlives the daemon: a change needs new names.
 */
final class GuardMaps {
  /** Port's interface index (u32) to id (u32), flags (u32), MAC as a number (u64). */
  static final MapSpec POLICY =
      new MapSpec("guard_policy", MapKind.HASH_SPARSE, 4, Policy.SIZE, 1 << 16);

  /** Prefix length (u32), policy id (u32, counted in that length), IPv4 address: nothing (u8). */
  static final MapSpec IPV4 = new MapSpec("guard_ipv4", MapKind.LPM_TRIE, 12, 1, 1 << 20);

  /** Prefix length (u32), policy id (u32, counted in that length), IPv6 address: nothing (u8). */
  static final MapSpec IPV6 = new MapSpec("guard_ipv6", MapKind.LPM_TRIE, 24, 1, 1 << 20);

  /** How many counters a port has; more than there are reasons, so that reasons can be added. */
  static final int COUNTERS = 64;

  /**
   * Port's interface index (u32) to one counter (u64) for each reason, on each CPU. The entry of
   * index 0, which no link has, counts for ports without an entry.
   */
  static final MapSpec DROPS =
      new MapSpec("guard_drops", MapKind.PERCPU_HASH_SPARSE, 4, COUNTERS * Long.BYTES, 1 << 16);

  /** The key in {@link #DROPS} of ports that are not known. */
  static final int UNKNOWN_PORT = 0;

  /** Where things are in a value of {@link #POLICY}. */
  static final class Policy {
    static final int ID = 0;
    static final int FLAGS = 4;
    static final int MAC = 8;
    static final int SIZE = 16;

    private Policy() {}
  }

  private GuardMaps() {}
}
