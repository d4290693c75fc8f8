package io.arbalest.overlay.path;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;

/**
 * A {@code struct msghdr} for {@code sendmsg(2)} with room for one UDP_SEGMENT control message
 * ({@code linux/udp.h}), laid out as on 64-bit machines; built once and patched for each send.
 */
final class SendMessage {
  private static final int SIZE = 56;
  private static final int NAME = 0;
  private static final int NAME_LENGTH = 8;
  private static final int VECTORS = 16;
  private static final int VECTOR_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;

  private static final int CONTROL_SIZE = 24;
  private static final int CONTROL_USED = 18;
  private static final int LEVEL = 8;
  private static final int TYPE = 12;
  private static final int DATA = 16;

  private final MemorySegment header;
  private final MemorySegment control;

  SendMessage(Arena arena) {
    header = arena.allocate(SIZE, Long.BYTES);
    control = arena.allocate(CONTROL_SIZE, Long.BYTES);
    control.set(ValueLayout.JAVA_LONG, 0, CONTROL_USED);
    control.set(ValueLayout.JAVA_INT, LEVEL, UdpOptions.SOL_UDP);
    control.set(ValueLayout.JAVA_INT, TYPE, UdpOptions.UDP_SEGMENT);
  }

  void to(MemorySegment socketAddress) {
    header.set(ValueLayout.JAVA_LONG, NAME, socketAddress.address());
    header.set(ValueLayout.JAVA_INT, NAME_LENGTH, (int) socketAddress.byteSize());
  }

  void vectors(long address, int count) {
    header.set(ValueLayout.JAVA_LONG, VECTORS, address);
    header.set(ValueLayout.JAVA_LONG, VECTOR_COUNT, count);
  }

  /** Lets the kernel cut the data into datagrams of this size. */
  void segmentSize(int octets) {
    control.set(ValueLayout.JAVA_SHORT, DATA, (short) octets);
    header.set(ValueLayout.JAVA_LONG, CONTROL, control.address());
    header.set(ValueLayout.JAVA_LONG, CONTROL_LENGTH, CONTROL_SIZE);
  }

  /** Lets the data be one datagram. */
  void unsegmented() {
    header.set(ValueLayout.JAVA_LONG, CONTROL, 0);
    header.set(ValueLayout.JAVA_LONG, CONTROL_LENGTH, 0);
  }

  long address() {
    return header.address();
  }

  /** Shows each piece of the data that a message points at, as the kernel would see it. */
  static void forEachPiece(long message, Consumer<MemorySegment> reader) {
    MemorySegment header = MemorySegment.ofAddress(message).reinterpret(SIZE);
    long count = header.get(ValueLayout.JAVA_LONG, VECTOR_COUNT);
    MemorySegment vectors =
        header.get(ValueLayout.ADDRESS, VECTORS).reinterpret(count * IoVectors.SIZE);
    for (long at = 0; at < vectors.byteSize(); at += IoVectors.SIZE) {
      long length = vectors.get(ValueLayout.JAVA_LONG, at + IoVectors.LENGTH);
      reader.accept(vectors.get(ValueLayout.ADDRESS, at).reinterpret(length));
    }
  }

  /** The size of the datagrams that a message asks for; {@code octets} if it is one datagram. */
  static int segmentSizeOf(long message, int octets) {
    MemorySegment header = MemorySegment.ofAddress(message).reinterpret(SIZE);
    if (header.get(ValueLayout.JAVA_LONG, CONTROL_LENGTH) == 0) {
      return octets;
    }
    MemorySegment control = header.get(ValueLayout.ADDRESS, CONTROL).reinterpret(CONTROL_SIZE);
    return control.get(ValueLayout.JAVA_SHORT, DATA) & 0xffff;
  }
}
