package io.arbalest.e2e;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** Raw frames on one link of a pinned namespace ({@code packet(7)}): an attacker, or its victim. */
final class FrameSocket implements AutoCloseable {
  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int ETH_P_ALL_BE = 0x0300;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int BYTES = 2048;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(BYTES);
  private final Fd fd;

  private FrameSocket(Fd fd) {
    this.fd = fd;
  }

  static FrameSocket open(String netns, String link) {
    try (NetworkNamespace namespace = NetworkNamespace.open(Path.of("/run/netns", netns))) {
      int index;
      try (Rtnetlink kernel = Rtnetlink.open(namespace)) {
        index = kernel.links().get(link).index();
      }
      return namespace.call(() -> bound(index));
    }
  }

  private static FrameSocket bound(int index) {
    FrameSocket socket =
        new FrameSocket(
            Fd.own(Libc.socket(AF_PACKET, SOCK_RAW_CLOEXEC, ETH_P_ALL_BE), "packet socket"));
    ByteBuffer name = ByteBuffer.allocate(20).order(ByteOrder.nativeOrder());
    name.putShort((short) AF_PACKET).putShort((short) ETH_P_ALL_BE).putInt(index);
    MemorySegment memory = socket.arena.allocateFrom(ValueLayout.JAVA_BYTE, name.array());
    socket.check(Libc.bind(socket.fd.number(), memory.address(), 20));
    return socket;
  }

  void send(byte[] frame) {
    MemorySegment.copy(frame, 0, buffer, ValueLayout.JAVA_BYTE, 0, frame.length);
    check(Libc.sendto(fd.number(), buffer.address(), frame.length, 0, 0, 0));
  }

  /** Whether a frame that ends with these bytes comes in time. */
  boolean receives(byte[] ending, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    MemorySegment timeval = arena.allocate(16, 8);
    timeval.set(ValueLayout.JAVA_LONG, 8, 20_000);
    check(Libc.setsockopt(fd.number(), SOL_SOCKET, SO_RCVTIMEO, timeval.address(), 16));
    while (System.nanoTime() < deadline) {
      long length = Libc.recv(fd.number(), buffer.address(), BYTES, 0);
      if (length >= ending.length && endsWith(length, ending)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    fd.close();
    arena.close();
  }

  private boolean endsWith(long length, byte[] ending) {
    byte[] tail =
        buffer.asSlice(length - ending.length, ending.length).toArray(ValueLayout.JAVA_BYTE);
    return Arrays.equals(tail, ending);
  }

  private void check(long result) {
    if (result < 0) {
      throw KernelException.last("packet socket");
    }
  }
}
