package io.arbalest.vnic;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A packet socket (AF_PACKET) in a zone: sends any frame, and hears all of them. */
final class RawLink implements AutoCloseable {
  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW_NONBLOCK_CLOEXEC = 3 | 0x800 | 0x80000;
  private static final int ALL_PROTOCOLS = 0x0300;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int MAX_FRAME = 2048;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(MAX_FRAME);
  private final Fd fd;

  RawLink(NetworkNamespace zone) {
    fd =
        zone.call(
            () ->
                Fd.own(
                    Libc.socket(AF_PACKET, SOCK_RAW_NONBLOCK_CLOEXEC, ALL_PROTOCOLS),
                    "packet socket"));
    MemorySegment size = arena.allocateFrom(ValueLayout.JAVA_INT, 16 << 20);
    Libc.setsockopt(fd.number(), SOL_SOCKET, SO_RCVBUFFORCE, size.address(), Integer.BYTES);
  }

  /** Whether the kernel took the frame: there is such a link, and it is up. */
  boolean send(int ifindex, byte[] frame) {
    MemorySegment address = arena.allocate(20, 4);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
    address.set(ValueLayout.JAVA_INT, 4, ifindex);
    MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, frame);
    long sent = Libc.sendto(fd.number(), bytes.address(), frame.length, 0, address.address(), 20);
    return sent == frame.length;
  }

  /** How many of the frames heard so far are such. */
  int count(Predicate<byte[]> wanted) {
    int count = 0;
    long length = Libc.recv(fd.number(), buffer.address(), MAX_FRAME, 0);
    while (length > 0) {
      count += wanted.test(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE)) ? 1 : 0;
      length = Libc.recv(fd.number(), buffer.address(), MAX_FRAME, 0);
    }
    return count;
  }

  /** All frames heard so far. */
  List<byte[]> drain() {
    List<byte[]> frames = new ArrayList<>();
    count(frames::add);
    return frames;
  }

  @Override
  public void close() {
    fd.close();
    arena.close();
  }
}
