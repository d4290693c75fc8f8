package io.arbalest.antispoof;

import io.arbalest.antispoof.GuardMaps.Client;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the compiled program keeps things while it judges a frame: offsets in its entry of {@link
 * GuardMaps#SCRATCH}, which each CPU has for itself.
 *
 * <p>Two frames never share it: traffic control runs with softirqs off, so a program ends before
 * another one begins on its CPU, and each direction has an entry of its own.
 *
 * <p>They could live on the stack, but the verifier keeps account of all that is there, and follows
 * what comes after a loop or a branch again for each value that a variable may have. What lies in a
 * map it takes for any number. So it reads each instruction a few times only, and loads the program
 * in a fraction of the time.
 */
final class Scratch {
  /** The key of a map lookup; room for the longest but one. */
  static final int KEY = 0;

  /** A copy of the port's policy. */
  static final int POLICY = 24;

  /** What the last far load brought. */
  static final int FAR = POLICY + GuardMaps.Policy.SIZE;

  /** What a function that was called back decided; see {@link Decision}. */
  static final int DECISION = FAR + 8;

  /** Why the frame is dropped. */
  static final int REASON = DECISION + 8;

  /** How many bytes of the frame's head are copied. */
  static final int HEAD_SIZE = 96;

  /**
   * The copy of the frame's head. Two bytes into a double word, so that what follows the 14 bytes
   * of an Ethernet header is aligned, and IPv6 addresses are to eight bytes.
   */
  static final int HEAD = REASON + 8 + 2;

  /** The key of a lookup of a DHCP client identifier. */
  static final int CLIENT = HEAD + HEAD_SIZE + 6;

  private static final int VARIABLES = CLIENT + Client.SIZE;

  /** All of it. */
  static final int SIZE = 1024;

  private final Map<String, Integer> variables = new HashMap<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private int next = VARIABLES;

  /** The double word of a variable. */
  int variable(String name) {
    return variables.computeIfAbsent(name, _ -> slot());
  }

  /** A double word that nothing else uses until it is given back. */
  int slot() {
    if (!free.isEmpty()) {
      return free.pop();
    }
    if (next + Long.BYTES > SIZE) {
      throw new IllegalArgumentException(
          "the rule model needs more than " + SIZE + " bytes of scratch");
    }
    int slot = next;
    next += Long.BYTES;
    return slot;
  }

  /** Gives a slot back. */
  void release(int slot) {
    free.push(slot);
  }
}
