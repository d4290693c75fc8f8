package io.arbalest.linux.probe;

import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Does the kernel cut long UDP sends into datagrams ({@code UDP_SEGMENT}, Linux 4.18)? */
public final class SegmentationProbe {
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int SOL_UDP = 17;
  private static final int UDP_SEGMENT = 103;
  private static final int SIZE = 1400;

  private SegmentationProbe() {}

  /** Tries it. */
  public static void run() {
    try (Arena arena = Arena.ofConfined();
        Fd socket =
            Fd.own(Libc.socket(AF_INET, SOCK_DGRAM_CLOEXEC, 0), "socket to try UDP_SEGMENT")) {
      MemorySegment size = arena.allocateFrom(ValueLayout.JAVA_INT, SIZE);
      int result =
          Libc.setsockopt(
              socket.number(), SOL_UDP, UDP_SEGMENT, size.address(), (int) size.byteSize());
      if (result != 0) {
        throw KernelException.last("setsockopt UDP_SEGMENT");
      }
    }
  }
}
