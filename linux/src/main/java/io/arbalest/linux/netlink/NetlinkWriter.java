package io.arbalest.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes the body of a netlink message: first the family's fixed header with {@link #u8} and its
 * like, then attributes with {@link #putU32} and its like. Each method returns this writer. Grows
 * as needed; not for several threads.
 */
public final class NetlinkWriter {
  private static final int HEADER = 4;
  private static final int MAX_ATTRIBUTE = 0xffff;

  private ByteBuffer out = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      int capacity = Math.max(out.capacity() * 2, out.position() + bytes);
      ByteBuffer larger = ByteBuffer.allocate(capacity).order(ByteOrder.nativeOrder());
      out = larger.put(out.flip());
    }
    return out;
  }

  /** Appends 8 bits. */
  public NetlinkWriter u8(int value) {
    room(Byte.BYTES).put((byte) value);
    return this;
  }

  /** Appends 16 bits. */
  public NetlinkWriter u16(int value) {
    room(Short.BYTES).putShort((short) value);
    return this;
  }

  /** Appends 32 bits. */
  public NetlinkWriter u32(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  /** Appends bytes as they are. */
  public NetlinkWriter bytes(byte[] value) {
    room(value.length).put(value);
    return this;
  }

  /** An attribute of 8 bits. */
  public NetlinkWriter putU8(int type, int value) {
    return header(type, Byte.BYTES).u8(value).pad();
  }

  /** An attribute of 16 bits. */
  public NetlinkWriter putU16(int type, int value) {
    return header(type, Short.BYTES).u16(value).pad();
  }

  /** An attribute of 16 bits in network order. */
  public NetlinkWriter putU16Be(int type, int value) {
    return header(type, Short.BYTES).u8(value >>> 8).u8(value).pad();
  }

  /** An attribute of 32 bits. */
  public NetlinkWriter putU32(int type, int value) {
    return header(type, Integer.BYTES).u32(value);
  }

  /** An attribute of bytes. */
  public NetlinkWriter putBytes(int type, byte[] value) {
    return header(type, value.length).bytes(value).pad();
  }

  /** An attribute without a payload, which says yes by being there. */
  public NetlinkWriter putFlag(int type) {
    return header(type, 0);
  }

  /**
   * A string with the NUL that the kernel expects behind it.
   *
   * @throws IllegalArgumentException if the text holds a NUL, behind which it would be lost
   */
  public NetlinkWriter putString(int type, String value) {
    byte[] text = text(value);
    return header(type, text.length + 1).bytes(text).u8(0).pad();
  }

  /**
   * A string without a NUL, for the attributes whose length the kernel takes as the text's.
   *
   * @throws IllegalArgumentException if the text holds a NUL
   */
  public NetlinkWriter putText(int type, String value) {
    return putBytes(type, text(value));
  }

  private static byte[] text(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "a name for the kernel must not hold a NUL: '" + value + "'");
    }
    return value.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * An attribute that holds what the content writes; the type may carry {@link Attributes#NESTED}.
   */
  public NetlinkWriter nest(int type, Consumer<NetlinkWriter> content) {
    int start = out.position();
    header(type, 0);
    content.accept(this);
    int length = out.position() - start;
    check(type, length);
    out.putShort(start, (short) length);
    return this;
  }

  private NetlinkWriter header(int type, int length) {
    check(type, HEADER + length);
    return u16(HEADER + length).u16(type);
  }

  private static void check(int type, int length) {
    if (length > MAX_ATTRIBUTE) {
      throw new IllegalArgumentException(
          "netlink attribute " + type + " has " + length + " bytes, at most 65535 are allowed");
    }
  }

  private NetlinkWriter pad() {
    while (out.position() % HEADER != 0) {
      u8(0);
    }
    return this;
  }

  /** What was written. */
  public byte[] toBytes() {
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }
}
