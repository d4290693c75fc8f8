package io.arbalest.overlay;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A packet socket with offload headers, as root of a zone can have: what it sends, the TAP reads.
 */
final class ZoneFrames implements AutoCloseable {
  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW = 3;
  private static final int SOL_PACKET = 263;
  private static final int PACKET_VNET_HDR = 15;
  private static final int SOCKADDR_LL = 20;
  private static final int IFINDEX = 4;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment address = arena.allocate(SOCKADDR_LL, Long.BYTES);
  private final Fd fd;

  /** In the calling thread's namespace; used by one thread. */
  ZoneFrames(Fd fd, int ifindex) {
    this.fd = fd;
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
    address.set(ValueLayout.JAVA_INT, IFINDEX, ifindex);
    MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_INT, 1);
    int result =
        Libc.setsockopt(fd.number(), SOL_PACKET, PACKET_VNET_HDR, one.address(), Integer.BYTES);
    if (result != 0) {
      throw new IllegalStateException("PACKET_VNET_HDR: " + Errno.of(Libc.errno()));
    }
  }

  static Fd socket() {
    return Fd.own(Libc.socket(AF_PACKET, SOCK_RAW, 0), "socket AF_PACKET");
  }

  /** Sends an offload header and a frame; false if the kernel refuses them. */
  boolean send(byte[] octets) {
    try (Arena once = Arena.ofConfined()) {
      MemorySegment memory = once.allocateFrom(ValueLayout.JAVA_BYTE, octets);
      long sent =
          Libc.sendto(
              fd.number(), memory.address(), octets.length, 0, address.address(), SOCKADDR_LL);
      return sent == octets.length;
    }
  }

  @Override
  public void close() {
    fd.close();
    arena.close();
  }
}
