package io.arbalest.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A sequence of netlink attributes ({@code struct nlattr}), read. Immutable and total: see the
 * package's promises. Where a type occurs more than once, the getters read the last one, as the
 * kernel does, and {@link #all} has every one.
 */
public final class Attributes {
  /** No attributes. */
  public static final Attributes EMPTY = new Attributes(List.of(), true);

  /** Set on the type of an attribute that holds attributes. */
  public static final int NESTED = 0x8000;

  private static final int HEADER = 4;
  private static final int TYPE_MASK = 0x3fff;

  private final List<Attribute> list;
  private final boolean complete;

  private Attributes(List<Attribute> list, boolean complete) {
    this.list = list;
    this.complete = complete;
  }

  /** Reads the bytes from an offset to the end; an offset past the end reads nothing. */
  public static Attributes decode(byte[] data, int offset) {
    ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.nativeOrder());
    if (offset < 0 || offset > data.length) {
      return new Attributes(List.of(), false);
    }
    in.position(offset);
    List<Attribute> list = new ArrayList<>();
    while (in.remaining() >= HEADER) {
      int length = Short.toUnsignedInt(in.getShort(in.position()));
      if (length < HEADER || length > in.remaining()) {
        return new Attributes(List.copyOf(list), false);
      }
      int type = Short.toUnsignedInt(in.getShort(in.position() + 2)) & TYPE_MASK;
      byte[] value = new byte[length - HEADER];
      in.get(in.position() + HEADER, value);
      list.add(new Attribute(type, value));
      in.position(in.position() + Math.min(align(length), in.remaining()));
    }
    return new Attributes(List.copyOf(list), !in.hasRemaining());
  }

  static int align(int length) {
    return (length + 3) & ~3;
  }

  /** Whether all bytes were attributes. */
  public boolean isComplete() {
    return complete;
  }

  /** The types in the order of the message, repeated ones included. */
  public List<Integer> types() {
    return list.stream().map(Attribute::type).toList();
  }

  public boolean has(int type) {
    return bytes(type).isPresent();
  }

  /** The payload of the last attribute of a type. The array is the caller's. */
  public Optional<byte[]> bytes(int type) {
    return last(type).map(byte[]::clone);
  }

  private Optional<byte[]> last(int type) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (list.get(i).type == type) {
        return Optional.of(list.get(i).value);
      }
    }
    return Optional.empty();
  }

  private Optional<ByteBuffer> sized(int type, int size) {
    return last(type)
        .filter(value -> value.length == size)
        .map(value -> ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()));
  }

  /** The payloads of all attributes of a type, in order. */
  public List<byte[]> all(int type) {
    return list.stream().filter(a -> a.type == type).map(a -> a.value.clone()).toList();
  }

  /** All strings of a type, in order. */
  public List<String> strings(int type) {
    return list.stream().filter(a -> a.type == type).map(a -> text(a.value)).toList();
  }

  /** An unsigned 8-bit number. */
  public OptionalInt u8(int type) {
    return toInt(sized(type, Byte.BYTES).map(in -> Byte.toUnsignedInt(in.get())));
  }

  /** An unsigned 16-bit number. */
  public OptionalInt u16(int type) {
    return toInt(sized(type, Short.BYTES).map(in -> Short.toUnsignedInt(in.getShort())));
  }

  /** An unsigned 16-bit number in network order. */
  public OptionalInt u16Be(int type) {
    return toInt(
        sized(type, Short.BYTES)
            .map(in -> Short.toUnsignedInt(in.order(ByteOrder.BIG_ENDIAN).getShort())));
  }

  /** The 32 bits of a signed number, or of an unsigned one below 2^31. */
  public OptionalInt s32(int type) {
    return toInt(sized(type, Integer.BYTES).map(ByteBuffer::getInt));
  }

  /** An unsigned 32-bit number. */
  public OptionalLong u32(int type) {
    Optional<ByteBuffer> in = sized(type, Integer.BYTES);
    return in.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Integer.toUnsignedLong(in.get().getInt()));
  }

  /** The 64 bits of a number. */
  public OptionalLong u64(int type) {
    Optional<ByteBuffer> in = sized(type, Long.BYTES);
    return in.isEmpty() ? OptionalLong.empty() : OptionalLong.of(in.get().getLong());
  }

  /** A string up to its first NUL. */
  public Optional<String> string(int type) {
    return last(type).map(Attributes::text);
  }

  /** The attributes inside an attribute; none if it is missing. */
  public Attributes nested(int type) {
    return last(type).map(value -> decode(value, 0)).orElse(EMPTY);
  }

  private static OptionalInt toInt(Optional<Integer> value) {
    return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(value.get());
  }

  private static String text(byte[] value) {
    int end = 0;
    while (end < value.length && value[end] != 0) {
      end++;
    }
    return new String(value, 0, end, StandardCharsets.UTF_8);
  }

  // A class rather than a record: equality of arrays would be by identity.
  private static final class Attribute {
    private final int type;
    private final byte[] value;

    private Attribute(int type, byte[] value) {
      this.type = type;
      this.value = value;
    }

    private int type() {
      return type;
    }
  }
}
