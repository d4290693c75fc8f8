package io.arbalest.overlay.path;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads and writes of network byte order in bounded off-heap memory. */
final class Wire {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private Wire() {}

  static int u8(MemorySegment at, long offset) {
    return at.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
  }

  static int u16(MemorySegment at, long offset) {
    return at.get(SHORT, offset) & 0xffff;
  }

  static int i32(MemorySegment at, long offset) {
    return at.get(INT, offset);
  }

  static long i64(MemorySegment at, long offset) {
    return at.get(LONG, offset);
  }

  static void put8(MemorySegment at, long offset, int value) {
    at.set(ValueLayout.JAVA_BYTE, offset, (byte) value);
  }

  static void put16(MemorySegment at, long offset, int value) {
    at.set(SHORT, offset, (short) value);
  }

  static void put32(MemorySegment at, long offset, int value) {
    at.set(INT, offset, value);
  }

  static void put64(MemorySegment at, long offset, long value) {
    at.set(LONG, offset, value);
  }
}
