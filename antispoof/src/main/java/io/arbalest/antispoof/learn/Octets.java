package io.arbalest.antispoof.learn;

import java.util.Arrays;

/**
 * A run of bytes within a frame, in network order. Offsets count from its start; its reader asks
 * {@link #has} before it reads, because what is outside cannot be read.
 *
 * @param bytes not copied
 * @param start where it begins in them
 * @param size how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // a view: never compared
record Octets(byte[] bytes, int start, int size) {
  static final Octets NONE = of(new byte[0]);

  static Octets of(byte[] bytes) {
    return new Octets(bytes, 0, bytes.length);
  }

  boolean has(int at, int length) {
    return at >= 0 && length >= 0 && length <= size - at;
  }

  int u8(int at) {
    return bytes[start + at] & 0xff;
  }

  int u16(int at) {
    return u8(at) << 8 | u8(at + 1);
  }

  long u32(int at) {
    return (long) u16(at) << 16 | u16(at + 2);
  }

  long u48(int at) {
    return (long) u16(at) << 32 | u32(at + 2);
  }

  Octets slice(int at, int length) {
    return new Octets(bytes, start + at, length);
  }

  /** From an offset to the end. */
  Octets from(int at) {
    return slice(at, size - at);
  }

  byte[] copy() {
    return Arrays.copyOfRange(bytes, start, start + size);
  }
}
