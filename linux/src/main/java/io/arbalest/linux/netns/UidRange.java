package io.arbalest.linux.netns;

/**
 * The host's user and group ids that a user namespace uses: its ids 0 to count-1 are the host's
 * base to base+count-1.
 *
 * @param base first id of the host; never 0, so that no zone's root is the host's
 * @param count how many ids, at least 1
 */
public record UidRange(long base, long count) {
  /** Ids are 32 bits wide, and the last one means "no id", {@code user_namespaces(7)}. */
  private static final long LIMIT = 0xffff_ffffL;

  public UidRange {
    if (base < 1 || count < 1 || base > LIMIT - count) {
      throw new IllegalArgumentException(
          "invalid uid range "
              + base
              + "+"
              + count
              + ": it must start above 0, hold an id, and end below "
              + LIMIT);
    }
  }

  /** The one line of {@code /proc/PID/uid_map}. */
  String toMap() {
    return "0 " + base + " " + count + "\n";
  }
}
