package io.arbalest.overlay.path;

import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sends itself one UDP_SEGMENT send of equal segments and looks at what comes back.
 *
 * <p>There are kernels that corrupt the headers of the last segment when all are of one size. What
 * is wrong on the loopback would be wrong on the wire, where nobody would notice.
 */
final class OffloadProbe {
  /** What the probe found. */
  enum Finding {
    /** What was sent came back. */
    SOUND,
    /** Something else came back: the offload must not be used. */
    CORRUPT,
    /** Nothing came back, such as with {@code lo} down: refusals will show when it is used. */
    UNKNOWN
  }

  private static final int SEGMENTS = 4;
  private static final int SIZE = 100;
  private static final int WAIT_MILLIS = 50;
  private static final short POLLIN = 1;

  private OffloadProbe() {}

  /** Probes with sockets at any port of a local address, in the calling thread's namespace. */
  static Finding run(InetAddress local) {
    InetSocketAddress anyPort = new InetSocketAddress(local, 0);
    try (Arena arena = Arena.ofConfined();
        Fd to = UdpSocket.bound(anyPort);
        Fd from = UdpSocket.bound(anyPort)) {
      MemorySegment pattern = arena.allocate(SEGMENTS * SIZE);
      for (int i = 0; i < SEGMENTS * SIZE; i++) {
        Wire.put8(pattern, i, pattern(i));
      }
      InetSocketAddress target = new InetSocketAddress(local, UdpSocket.port(to));
      SendMessage message = new SendMessage(arena);
      IoVectors vectors = new IoVectors(arena, 1);
      vectors.set(0, pattern.address(), pattern.byteSize());
      message.to(SocketAddress.encode(arena, target, SocketAddress.family(local)));
      message.vectors(vectors.address(0), 1);
      message.segmentSize(SIZE);
      if (Libc.sendmsg(from.number(), message.address(), UdpOptions.MSG_NOSIGNAL) < 0) {
        return Finding.UNKNOWN;
      }
      return judge(receive(arena, to));
    } catch (KernelException e) {
      return Finding.UNKNOWN;
    }
  }

  private static int pattern(int index) {
    return index * 7 + index / SIZE;
  }

  private static List<byte[]> receive(Arena arena, Fd from) {
    MemorySegment poll = arena.allocate(Long.BYTES);
    poll.set(ValueLayout.JAVA_INT, 0, from.number());
    poll.set(ValueLayout.JAVA_SHORT, Integer.BYTES, POLLIN);
    MemorySegment buffer = arena.allocate(2 * SEGMENTS * SIZE);
    List<byte[]> received = new ArrayList<>();
    while (received.size() < SEGMENTS && Libc.poll(poll.address(), 1, WAIT_MILLIS) > 0) {
      long length = Libc.recv(from.number(), buffer.address(), buffer.byteSize(), 0);
      if (length < 0) {
        return received;
      }
      received.add(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
    }
    return received;
  }

  /** What the datagrams that came back say; a lost one says nothing. */
  static Finding judge(List<byte[]> received) {
    for (int i = 0; i < received.size(); i++) {
      if (!Arrays.equals(received.get(i), segment(i))) {
        return Finding.CORRUPT;
      }
    }
    return received.size() == SEGMENTS ? Finding.SOUND : Finding.UNKNOWN;
  }

  /** The segment that should come at a place. */
  static byte[] segment(int index) {
    byte[] octets = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      octets[i] = (byte) pattern(index * SIZE + i);
    }
    return octets;
  }
}
