package io.arbalest.overlay.neighbour;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Unaligned big-endian access to a frame, bounds-checked by the segment. */
final class Octets {
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private Octets() {}

  static int u8(MemorySegment frame, long at) {
    return frame.get(ValueLayout.JAVA_BYTE, at) & 0xff;
  }

  static int u16(MemorySegment frame, long at) {
    return frame.get(U16, at) & 0xffff;
  }

  static int u32(MemorySegment frame, long at) {
    return frame.get(U32, at);
  }

  static long u64(MemorySegment frame, long at) {
    return frame.get(U64, at);
  }

  static long mac(MemorySegment frame, long at) {
    return (long) u16(frame, at) << 32 | (u32(frame, at + 2) & 0xffff_ffffL);
  }

  static void putU8(MemorySegment frame, long at, int value) {
    frame.set(ValueLayout.JAVA_BYTE, at, (byte) value);
  }

  static void putU16(MemorySegment frame, long at, int value) {
    frame.set(U16, at, (short) value);
  }

  static void putU32(MemorySegment frame, long at, int value) {
    frame.set(U32, at, value);
  }

  static void putU64(MemorySegment frame, long at, long value) {
    frame.set(U64, at, value);
  }

  static void putMac(MemorySegment frame, long at, long mac) {
    putU16(frame, at, (int) (mac >>> 32));
    putU32(frame, at + 2, (int) mac);
  }
}
