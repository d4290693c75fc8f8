package io.arbalest.zone;

import io.arbalest.linux.netns.UidRange;

/**
 * Which range of the host's user ids a zone uses: slot N is the 65,536 ids from 1,048,576 + 65,536
 * N on.
 *
 * <p>Zones do not share a range, because two processes of one id may signal each other even from
 * different user namespaces.
 *
 * @param number from 0, or -1 to let the daemon choose
 */
public record UidSlot(int number) {
  /** Ids to a range. */
  public static final int SIZE = 1 << 16;

  /** The first id of slot 0, clear of what distributions give to users and to subordinate ids. */
  public static final long BASE = 1L << 20;

  /** The number of slots under the highest user id. */
  public static final int COUNT = (int) ((0xffff_ffffL - BASE) / SIZE);

  /** The daemon chooses one that is free, once; the zone keeps it. */
  public static final UidSlot AUTO = new UidSlot(-1);

  private static final String AUTO_TEXT = "auto";

  public UidSlot {
    if (number < -1 || number >= COUNT) {
      throw new SpecException("uid slot", number, "must be 'auto' or 0 to " + (COUNT - 1));
    }
  }

  /**
   * Reads {@code auto} or a number.
   *
   * @throws SpecException if it is neither, or out of range
   */
  public static UidSlot parse(String text) {
    if (text.equals(AUTO_TEXT)) {
      return AUTO;
    }
    if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new SpecException("uid slot", text, "must be 'auto' or 0 to " + (COUNT - 1));
    }
    return new UidSlot(Integer.parseInt(text));
  }

  public boolean isAuto() {
    return number < 0;
  }

  /**
   * The ids of the slot.
   *
   * @throws IllegalStateException if it has not been chosen yet
   */
  public UidRange range() {
    if (isAuto()) {
      throw new IllegalStateException("the uid slot has not been chosen");
    }
    return new UidRange(BASE + (long) SIZE * number, SIZE);
  }

  @Override
  public String toString() {
    return isAuto() ? AUTO_TEXT : Integer.toString(number);
  }
}
