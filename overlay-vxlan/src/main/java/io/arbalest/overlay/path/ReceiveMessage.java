package io.arbalest.overlay.path;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A {@code struct msghdr} for {@code recvmsg(2)} with one buffer, the sender's address and the
 * UDP_GRO control message ({@code linux/udp.h}); built once.
 */
final class ReceiveMessage {
  private static final int SIZE = 56;
  private static final int NAME = 0;
  private static final int NAME_LENGTH = 8;
  private static final int VECTORS = 16;
  private static final int VECTOR_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int FLAGS = 48;

  private static final int CONTROL_SIZE = 64;
  private static final int LEVEL = 8;
  private static final int TYPE = 12;
  private static final int DATA = 16;
  private static final int GRO_USED = DATA + Integer.BYTES;

  private final MemorySegment header;
  private final MemorySegment control;
  private final MemorySegment name;

  ReceiveMessage(Arena arena, MemorySegment buffer) {
    header = arena.allocate(SIZE, Long.BYTES);
    control = arena.allocate(CONTROL_SIZE, Long.BYTES);
    name = arena.allocate(SocketAddress.MAX_LENGTH, Long.BYTES);
    IoVectors vectors = new IoVectors(arena, 1);
    vectors.set(0, buffer.address(), buffer.byteSize());
    header.set(ValueLayout.JAVA_LONG, NAME, name.address());
    header.set(ValueLayout.JAVA_LONG, VECTORS, vectors.address(0));
    header.set(ValueLayout.JAVA_LONG, VECTOR_COUNT, 1);
    header.set(ValueLayout.JAVA_LONG, CONTROL, control.address());
  }

  /** Undoes what the kernel wrote into the message, so that it can be received into again. */
  void reset() {
    header.set(ValueLayout.JAVA_INT, NAME_LENGTH, SocketAddress.MAX_LENGTH);
    header.set(ValueLayout.JAVA_LONG, CONTROL_LENGTH, CONTROL_SIZE);
  }

  /**
   * The size of the datagrams that lie one after another in the buffer; all of it if there is one.
   */
  int segmentSize(int received) {
    if (header.get(ValueLayout.JAVA_LONG, CONTROL_LENGTH) < GRO_USED
        || control.get(ValueLayout.JAVA_INT, LEVEL) != UdpOptions.SOL_UDP
        || control.get(ValueLayout.JAVA_INT, TYPE) != UdpOptions.UDP_GRO) {
      return received;
    }
    int size = control.get(ValueLayout.JAVA_INT, DATA);
    return size > 0 && size < received ? size : received;
  }

  boolean isTruncated() {
    return (header.get(ValueLayout.JAVA_INT, FLAGS) & UdpOptions.MSG_TRUNC) != 0;
  }

  /** The sender's {@code sockaddr}. */
  MemorySegment name() {
    return name;
  }

  long address() {
    return header.address();
  }
}
