package io.arbalest.overlay.path;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads what a recorder is pointed at, as the kernel would. */
final class Native {
  private Native() {}

  static MemorySegment at(long address, long length) {
    return MemorySegment.ofAddress(address).reinterpret(length);
  }

  static long word(long address) {
    return at(address, Long.BYTES).get(ValueLayout.JAVA_LONG, 0);
  }

  static byte[] gather(long vectors, long count) {
    byte[] all = new byte[0];
    for (long i = 0; i < count; i++) {
      byte[] piece =
          at(word(vectors + 16 * i), word(vectors + 16 * i + 8)).toArray(ValueLayout.JAVA_BYTE);
      int old = all.length;
      all = java.util.Arrays.copyOf(all, old + piece.length);
      System.arraycopy(piece, 0, all, old, piece.length);
    }
    return all;
  }
}
