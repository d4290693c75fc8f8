package io.arbalest.antispoof;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a prefix in a policy is good for.
 *
 * <p>A trie answers with the longest prefix that covers an address, and only with that one. So an
 * entry holds, as its lowest byte, the union of what it and all prefixes around it are good for.
 * The rest is there so that a learned address can come and go without anything else being known.
 *
 * @param named what the configuration gives this very prefix: a union of the constants here
 * @param learned whether it is an address that the zone has learned
 * @param inherited what the prefixes around it give
 */
record Rights(int named, boolean learned, int inherited) {
  /** To be sent from. */
  static final int SOURCE = 1;

  /** To be claimed by ARP and neighbour discovery. */
  static final int OWN = 2;

  /** To be believed as a router or server. */
  static final int TRUSTED = 4;

  /** Bytes of a value: effective, named, whether learned, inherited; one each. */
  static final int SIZE = Integer.BYTES;

  private static final int MASK = 0xff;
  private static final int NAMED_SHIFT = 8;
  private static final int LEARNED_BIT = 1 << 16;
  private static final int INHERITED_SHIFT = 24;

  /** Nothing at all. */
  static final Rights NONE = new Rights(0, false, 0);

  static Rights named(int rights) {
    return new Rights(rights, false, 0);
  }

  /** What an address within this prefix, and within no longer one, is good for. */
  int effective() {
    return named | inherited | (learned ? SOURCE | OWN : 0);
  }

  Rights withNamed(int more) {
    return new Rights(named | more, learned, inherited);
  }

  Rights withLearned(boolean now) {
    return new Rights(named, now, inherited);
  }

  Rights withInherited(int rights) {
    return new Rights(named, learned, rights);
  }

  /** Whether an entry would say nothing that the prefixes around it do not. */
  boolean isEmpty() {
    return named == 0 && !learned;
  }

  ByteBuffer encode() {
    int value =
        effective()
            | named << NAMED_SHIFT
            | (learned ? LEARNED_BIT : 0)
            | inherited << INHERITED_SHIFT;
    return ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder()).putInt(0, value);
  }

  static Rights decode(ByteBuffer value) {
    int bits = value.duplicate().order(ByteOrder.nativeOrder()).getInt(0);
    return new Rights(
        bits >>> NAMED_SHIFT & MASK, (bits & LEARNED_BIT) != 0, bits >>> INHERITED_SHIFT);
  }
}
