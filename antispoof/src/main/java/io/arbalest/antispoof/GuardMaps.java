package io.arbalest.antispoof;

import io.arbalest.linux.bpf.MapKind;
import io.arbalest.linux.bpf.MapSpec;
import java.util.List;

/**
 * The maps that the guard's programs read, count and report in. Integers are in the machine's
 * order, addresses in network order. The layout outlives the daemon: a change needs new names.
 */
final class GuardMaps {
  private static final int PORTS = 1 << 16;
  private static final int PREFIXES = 1 << 20;

  /** Port's interface index (u32) to id (u32), flags (u32), MAC as a number (u64). */
  static final MapSpec POLICY =
      new MapSpec("guard_policy", MapKind.HASH_SPARSE, 4, Policy.SIZE, PORTS);

  /** Prefix length (u32), policy id (u32, counted in that length), IPv4 address: {@link Rights}. */
  static final MapSpec PREFIX4 =
      new MapSpec("guard_prefix4", MapKind.LPM_TRIE, 12, Rights.SIZE, PREFIXES);

  /** Prefix length (u32), policy id (u32, counted in that length), IPv6 address: {@link Rights}. */
  static final MapSpec PREFIX6 =
      new MapSpec("guard_prefix6", MapKind.LPM_TRIE, 24, Rights.SIZE, PREFIXES);

  /** Policy id (u32), zero (u32), MAC as a number (u64): nothing (u8). */
  static final MapSpec MACS = new MapSpec("guard_macs", MapKind.HASH_SPARSE, 16, 1, PREFIXES);

  /** Policy id (u32), length (u32), DHCP client identifier (256 bytes, zeros after): nothing. */
  static final MapSpec CLIENTS =
      new MapSpec("guard_clients", MapKind.HASH_SPARSE, Client.SIZE, 1, PREFIXES);

  /** By {@link Direction#number()}, what a program needs for the frame that it judges. */
  static final MapSpec SCRATCH =
      new MapSpec("guard_scratch", MapKind.PERCPU_ARRAY, 4, Scratch.SIZE, 2);

  /** Address as IPv6 (16 bytes, IPv4 as mapped), UDP port (u32) of each VTEP: nothing (u8). */
  static final MapSpec VTEPS = new MapSpec("guard_vteps", MapKind.HASH, Vtep.SIZE, 1, 1 << 10);

  /** The lowest and the highest port in {@link #VTEPS} (u32 each), so that most UDP is quick. */
  static final MapSpec VTEP_SPAN =
      new MapSpec("guard_vtep_span", MapKind.ARRAY, 4, 2 * Integer.BYTES, 1);

  /** How many counters a port has; more than there are reasons, so that reasons can be added. */
  static final int COUNTERS = 64;

  /**
   * Port's interface index (u32) to one counter (u64) for each reason, on each CPU. The entry of
   * index 0, which no link has, counts for ports without an entry.
   */
  static final MapSpec DROPS =
      new MapSpec("guard_drops", MapKind.PERCPU_HASH_SPARSE, 4, COUNTERS * Long.BYTES, PORTS);

  /** Port's interface index (u32), 0 for unknown ones, to a {@link Report.Pace} for each kind. */
  static final MapSpec PACE =
      new MapSpec("guard_pace", MapKind.HASH_SPARSE, 4, 2 * Report.Pace.SIZE, PORTS);

  /** Drops, one {@link Report.Layout} each. */
  static final MapSpec EVENTS = MapSpec.ringBuffer("guard_events", 1 << 20);

  /** Frames for learners, one {@link Report.Layout} each. */
  static final MapSpec NOTES = MapSpec.ringBuffer("guard_notes", 1 << 21);

  static final List<MapSpec> ALL =
      List.of(
          POLICY, PREFIX4, PREFIX6, MACS, CLIENTS, SCRATCH, VTEPS, VTEP_SPAN, DROPS, PACE, EVENTS,
          NOTES);

  /** Names of maps that earlier versions pinned, and that nothing reads any more. */
  static final List<String> FORMER = List.of("guard_ipv4", "guard_ipv6");

  /** The key in {@link #DROPS} and {@link #PACE} of ports that are not known. */
  static final int UNKNOWN_PORT = 0;

  /** Where things are in a value of {@link #POLICY}. */
  static final class Policy {
    static final int ID = 0;
    static final int FLAGS = 4;
    static final int MAC = 8;
    static final int SIZE = 16;

    private Policy() {}
  }

  /** Where things are in a key of {@link #CLIENTS}. */
  static final class Client {
    static final int ID = 0;
    static final int LENGTH = 4;
    static final int BYTES = 8;
    static final int MOST_BYTES = 256;
    static final int SIZE = BYTES + MOST_BYTES;

    private Client() {}
  }

  /** Where things are in a key of {@link #VTEPS}. */
  static final class Vtep {
    static final int ADDRESS = 0;
    static final int PORT = 16;
    static final int SIZE = 20;

    /** The 16 bits before an IPv4 address. */
    static final int MAPPED = 0xffff;

    private Vtep() {}
  }

  private GuardMaps() {}
}
