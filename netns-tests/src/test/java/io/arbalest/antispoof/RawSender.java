package io.arbalest.antispoof;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Sends frames as they are, as root of a zone can: {@code packet(7)}. */
final class RawSender implements AutoCloseable {
  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW = 3;
  private static final int SOCKADDR_LL = 20;

  private final Fd socket;
  private final int ifindex;

  private RawSender(Fd socket, int ifindex) {
    this.socket = socket;
    this.ifindex = ifindex;
  }

  /**
   * A sender on a link.
   *
   * @param ifindex of the link in the zone
   */
  static RawSender open(NetworkNamespace zone, int ifindex) {
    return zone.call(
        () -> {
          int number = Libc.socket(AF_PACKET, SOCK_RAW, 0);
          if (number < 0) {
            throw KernelException.last("socket AF_PACKET");
          }
          return new RawSender(Fd.own(number, "socket AF_PACKET"), ifindex);
        });
  }

  void send(byte[] frame) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(SOCKADDR_LL, 4);
      address.set(JAVA_SHORT, 0, (short) AF_PACKET);
      address.set(JAVA_INT, 4, ifindex);
      long bytes = arena.allocateFrom(JAVA_BYTE, frame).address();
      long sent =
          Libc.sendto(socket.number(), bytes, frame.length, 0, address.address(), SOCKADDR_LL);
      if (sent != frame.length) {
        throw KernelException.last("sendto AF_PACKET");
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
