package io.arbalest.overlay;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The counters of one overlay, or of one UDP listener for what it drops before the overlay is
 * known.
 *
 * <p>One thread adds (the packet loop), any thread reads. A single value is never torn; a {@link
 * Snapshot} taken while packets flow may catch a frame between two counters.
 */
public final class OverlayCounters {
  private static final int COUNTS = FrameCount.values().length;

  private final AtomicLongArray cells = new AtomicLongArray(COUNTS + DropReason.values().length);

  /** Adds; only the packet loop's thread may. */
  public void add(FrameCount count, long n) {
    bump(cell(count), n);
  }

  /** Counts dropped frames; only the packet loop's thread may. */
  public void drop(DropReason reason, long frames) {
    bump(cell(reason), frames);
  }

  // One writer, so a plain read and an opaque write are enough, and cheaper than a locked add.
  private void bump(int cell, long n) {
    cells.setOpaque(cell, cells.getPlain(cell) + n);
  }

  // The ordinal is an index of this process's memory only; it is never written down.
  @SuppressWarnings("EnumOrdinal")
  private static int cell(FrameCount count) {
    return count.ordinal();
  }

  @SuppressWarnings("EnumOrdinal")
  private static int cell(DropReason reason) {
    return COUNTS + reason.ordinal();
  }

  public long get(FrameCount count) {
    return cells.getOpaque(cell(count));
  }

  public long get(DropReason reason) {
    return cells.getOpaque(cell(reason));
  }

  /** All of them now. */
  public Snapshot snapshot() {
    Map<FrameCount, Long> counts = new EnumMap<>(FrameCount.class);
    for (FrameCount count : FrameCount.values()) {
      counts.put(count, get(count));
    }
    Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
    for (DropReason reason : DropReason.values()) {
      drops.put(reason, get(reason));
    }
    return new Snapshot(counts, drops);
  }

  /**
   * Every counter at one moment.
   *
   * @param counts one entry for each {@link FrameCount}
   * @param drops one entry for each {@link DropReason}
   */
  public record Snapshot(Map<FrameCount, Long> counts, Map<DropReason, Long> drops) {
    public Snapshot {
      counts = Collections.unmodifiableMap(new EnumMap<>(counts));
      drops = Collections.unmodifiableMap(new EnumMap<>(drops));
    }

    /** The value of a counter. */
    public long get(FrameCount count) {
      return counts.getOrDefault(count, 0L);
    }

    /** The value of a counter. */
    public long get(DropReason reason) {
      return drops.getOrDefault(reason, 0L);
    }

    /** The same with frames that the kernel dropped before they could be counted here. */
    public Snapshot with(DropReason reason, long frames) {
      FrameCount all =
          reason.direction() == DropReason.Direction.OUT
              ? FrameCount.OUT_FRAMES
              : FrameCount.IN_FRAMES;
      Map<FrameCount, Long> moreCounts = new EnumMap<>(counts);
      Map<DropReason, Long> moreDrops = new EnumMap<>(drops);
      moreCounts.merge(all, frames, Long::sum);
      moreDrops.merge(reason, frames, Long::sum);
      return new Snapshot(moreCounts, moreDrops);
    }

    /** All drops of a direction together. */
    public long dropped(DropReason.Direction direction) {
      return drops.entrySet().stream()
          .filter(e -> e.getKey().direction() == direction)
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    /**
     * Whether every frame is accounted for: in = delivered + drops, out = sent + answered + drops.
     */
    public boolean isBalanced() {
      long out =
          get(FrameCount.OUT_SENT)
              + get(FrameCount.OUT_ANSWERED)
              + dropped(DropReason.Direction.OUT);
      long in = get(FrameCount.IN_DELIVERED) + dropped(DropReason.Direction.IN);
      return get(FrameCount.OUT_FRAMES) == out && get(FrameCount.IN_FRAMES) == in;
    }
  }
}
