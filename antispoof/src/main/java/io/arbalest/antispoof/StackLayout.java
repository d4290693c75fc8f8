package io.arbalest.antispoof;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the compiled program keeps things on its 512 bytes of stack, as offsets from R10. The
 * verifier wants every access to the stack aligned to its size.
 */
final class StackLayout {
  /** The key of a map lookup; room for the longest. */
  static final int KEY = -24;

  /** A copy of the port's policy. */
  static final int POLICY = KEY - GuardMaps.Policy.SIZE;

  /** What the last far load brought. */
  static final int FAR = POLICY - 8;

  /** How many bytes of the frame's head are copied. */
  static final int HEAD_SIZE = 96;

  /** The area that contains {@link #HEAD}, in whole double words. */
  static final int HEAD_AREA = FAR - 104;

  /**
   * The copy of the frame's head. Two bytes into a double word, so that what follows the 14 bytes
   * of an Ethernet header is aligned, and IPv6 addresses are to eight bytes.
   */
  static final int HEAD = HEAD_AREA + 2;

  private static final int LIMIT = -512;

  private final Map<String, Integer> variables = new HashMap<>();
  private int lowest = HEAD_AREA;

  /** The double word of a variable. */
  int variable(String name) {
    return variables.computeIfAbsent(name, _ -> slot());
  }

  /** A double word that nothing else uses. */
  int slot() {
    lowest -= Long.BYTES;
    if (lowest < LIMIT) {
      throw new IllegalArgumentException("the rule model needs more than 512 bytes of stack");
    }
    return lowest;
  }
}
