package io.arbalest.antispoof;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the compiled program keeps things on its stack, as offsets from its end. Functions that the
 * program has called back keep theirs there too, reached through a pointer. The verifier wants every
 * access to the stack aligned to its size.
 */
final class StackLayout {
  /** The key of a map lookup; room for the longest. */
  static final int KEY = -24;

  /** A copy of the port's policy. */
  static final int POLICY = KEY - GuardMaps.Policy.SIZE;

  /** What the last far load brought. */
  static final int FAR = POLICY - 8;

  /** The frame's context, for functions that are called back. */
  static final int FRAME = FAR - 8;

  /** What such a function decided; see {@link Decision}. */
  static final int DECISION = FRAME - 8;

  /** How many bytes of the frame's head are copied. */
  static final int HEAD_SIZE = 96;

  /** The area that contains {@link #HEAD}, in whole double words. */
  static final int HEAD_AREA = DECISION - 104;

  /** The end of that area. */
  static final int HEAD_AREA_END = DECISION;

  /**
   * The copy of the frame's head. Two bytes into a double word, so that what follows the 14 bytes
   * of an Ethernet header is aligned, and IPv6 addresses are to eight bytes.
   */
  static final int HEAD = HEAD_AREA + 2;

  /** Of the 512 bytes, what two functions below this one take, and the kernel to inline a loop. */
  private static final int RESERVED = 96;

  private static final int LIMIT = RESERVED - 512;

  private final Map<String, Integer> variables = new HashMap<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private int lowest = HEAD_AREA;

  /** The double word of a variable. */
  int variable(String name) {
    return variables.computeIfAbsent(name, _ -> slot());
  }

  /** A double word that nothing else uses until it is given back. */
  int slot() {
    if (!free.isEmpty()) {
      return free.pop();
    }
    lowest -= Long.BYTES;
    if (lowest < LIMIT) {
      throw new IllegalArgumentException(
          "the rule model needs more than its share of the 512 bytes of stack");
    }
    return lowest;
  }

  /** Gives a slot back. */
  void release(int slot) {
    free.push(slot);
  }
}
