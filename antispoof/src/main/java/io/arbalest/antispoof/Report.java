package io.arbalest.antispoof;

/**
 * What the programs tell user space of single frames, each kind through a ring of its own.
 *
 * <p>A port may fill so many records in each {@link #WINDOW_NANOS}; what is beyond is counted only.
 * So a zone that floods takes neither the ring from others nor the processor from the host.
 */
enum Report {
  /** A frame was dropped. */
  EVENT(GuardMaps.EVENTS.name(), 0, 128, 64),
  /** A frame is of interest to somebody who learns addresses; a whole one, as a rule. */
  NOTE(GuardMaps.NOTES.name(), Pace.SIZE, 1536, 32);

  /** How long a window is: 100 ms. */
  static final int WINDOW_NANOS = 100_000_000;

  private final String ring;
  private final int pace;
  private final int mostBytes;
  private final int perWindow;

  Report(String ring, int pace, int mostBytes, int perWindow) {
    this.ring = ring;
    this.pace = pace;
    this.mostBytes = mostBytes;
    this.perWindow = perWindow;
  }

  /** The map's name. */
  String ring() {
    return ring;
  }

  /** How much of the frame a record holds. */
  int mostBytes() {
    return mostBytes;
  }

  /** Records of one port in one window. */
  int perWindow() {
    return perWindow;
  }

  /** Where this kind's part is in a value of {@link GuardMaps#PACE}. */
  int pace() {
    return pace;
  }

  /** Where things are in a record. Integers are in the machine's order. */
  static final class Layout {
    /** When, by {@code CLOCK_BOOTTIME} (u64, ns). */
    static final int TIME = 0;

    static final int IFINDEX = 8;
    static final int DIRECTION = 12;

    /** The reason's or the topic's number (u32). */
    static final int SUBJECT = 16;

    /** Of the whole frame (u32). */
    static final int LENGTH = 20;

    /** How many there were since the last record of this kind and port that got none (u64). */
    static final int SUPPRESSED = 24;

    /** How many bytes of the frame follow (u32), and four of padding. */
    static final int CAPTURED = 32;

    static final int BYTES = 40;

    private Layout() {}
  }

  /** Where things are in one kind's part of a value of {@link GuardMaps#PACE}, u64 each. */
  static final class Pace {
    /** When the window began. */
    static final int START = 0;

    /** How many wanted a record in it. */
    static final int WANTED = 8;

    /** How many got none since one did. */
    static final int SUPPRESSED = 16;

    /** How many of those because the ring was full, ever. */
    static final int LOST = 24;

    static final int SIZE = 32;

    private Pace() {}
  }

  int recordSize() {
    return Layout.BYTES + mostBytes;
  }
}
