package io.arbalest.antispoof;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import io.arbalest.linux.tap.VnetHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Sends frames as they are, as root of a zone can: {@code packet(7)}. */
final class RawSender implements AutoCloseable {
  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW = 3;
  private static final int SOCKADDR_LL = 20;
  private static final int SOL_SOCKET = 1;
  private static final int SO_MARK = 36;
  private static final int SOL_PACKET = 263;
  private static final int PACKET_VNET_HDR = 15;

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

  static RawSender open(NetworkNamespace zone, String link) {
    try (Rtnetlink inside = Rtnetlink.open(zone)) {
      return open(zone, inside.links().get(link).index());
    }
  }

  /** Marks all frames from now on: {@code skb->mark}. */
  RawSender marking(int mark) {
    return option(SOL_SOCKET, SO_MARK, mark);
  }

  /** Sends each frame with an offload header from now on. */
  RawSender offloading() {
    return option(SOL_PACKET, PACKET_VNET_HDR, 1);
  }

  private RawSender option(int level, int option, int value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(JAVA_INT, value);
      if (Libc.setsockopt(socket.number(), level, option, memory.address(), Integer.BYTES) != 0) {
        throw KernelException.last("setsockopt " + level + " " + option);
      }
      return this;
    }
  }

  void send(byte[] frame) {
    if (!trySend(frame)) {
      throw KernelException.last("sendto AF_PACKET");
    }
  }

  /** Whether the kernel took the frame with an offload header that may be nonsense. */
  boolean trySend(VnetHeader header, byte[] frame) {
    byte[] whole = new byte[VnetHeader.LENGTH + frame.length];
    System.arraycopy(frame, 0, whole, VnetHeader.LENGTH, frame.length);
    header.encode(MemorySegment.ofArray(whole), 0);
    return trySend(whole);
  }

  private boolean trySend(byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(SOCKADDR_LL, 4);
      address.set(JAVA_SHORT, 0, (short) AF_PACKET);
      address.set(JAVA_INT, 4, ifindex);
      long buffer = arena.allocateFrom(JAVA_BYTE, bytes).address();
      return Libc.sendto(socket.number(), buffer, bytes.length, 0, address.address(), SOCKADDR_LL)
          == bytes.length;
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
