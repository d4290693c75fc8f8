package io.arbalest.overlay.path;

import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;

/** Opens the path's UDP sockets, in the calling thread's network namespace. */
final class UdpSocket {
  /** Holds a burst while the loop is elsewhere; above {@code rmem_max}, hence "force". */
  private static final int RECEIVE_BUFFER = 16 << 20;

  private static final int SEND_BUFFER = 4 << 20;

  /** Nothing is read from a sending socket, so strays should not pile up there. */
  private static final int NO_RECEIVE_BUFFER = 1;

  private UdpSocket() {}

  /**
   * The socket that receives an overlay's datagrams.
   *
   * @throws KernelException such as EADDRINUSE
   */
  static Fd receiving(InetSocketAddress local) {
    Fd fd = bound(local);
    try {
      option(fd, UdpOptions.SOL_UDP, UdpOptions.UDP_GRO, 1);
      option(fd, UdpOptions.SOL_SOCKET, UdpOptions.SO_RCVBUFFORCE, RECEIVE_BUFFER);
      return fd;
    } catch (KernelException e) {
      fd.close();
      throw e;
    }
  }

  /** A socket that sends from the same address and a port of the kernel's choice. */
  static Fd sending(InetSocketAddress local) {
    Fd fd = bound(new InetSocketAddress(local.getAddress(), 0));
    try {
      refuseToFragment(fd, SocketAddress.family(local.getAddress()));
      option(fd, UdpOptions.SOL_SOCKET, UdpOptions.SO_SNDBUFFORCE, SEND_BUFFER);
      option(fd, UdpOptions.SOL_SOCKET, UdpOptions.SO_RCVBUF, NO_RECEIVE_BUFFER);
      return fd;
    } catch (KernelException e) {
      fd.close();
      throw e;
    }
  }

  /** RFC 7348 section 4.3; a datagram that is too long is then counted instead of lost. */
  private static void refuseToFragment(Fd fd, int family) {
    if (family == UdpOptions.AF_INET) {
      option(fd, UdpOptions.IPPROTO_IP, UdpOptions.IP_MTU_DISCOVER, UdpOptions.PMTUDISC_DO);
    } else {
      option(fd, UdpOptions.IPPROTO_IPV6, UdpOptions.IPV6_MTU_DISCOVER, UdpOptions.PMTUDISC_DO);
    }
  }

  /** Datagrams that the kernel has dropped at a socket; 0 if it does not say. */
  static long dropsOf(Fd fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(UdpOptions.MEMINFO_LENGTH, Integer.BYTES);
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, UdpOptions.MEMINFO_LENGTH);
      int result =
          Libc.getsockopt(
              fd.number(),
              UdpOptions.SOL_SOCKET,
              UdpOptions.SO_MEMINFO,
              info.address(),
              length.address());
      return result < 0
          ? 0
          : Integer.toUnsignedLong(info.get(ValueLayout.JAVA_INT, UdpOptions.MEMINFO_DROPS));
    }
  }

  /** A socket at a local address, without options. */
  static Fd bound(InetSocketAddress local) {
    int family = SocketAddress.family(local.getAddress());
    int type = UdpOptions.SOCK_DGRAM | UdpOptions.SOCK_NONBLOCK | UdpOptions.SOCK_CLOEXEC;
    Fd fd = Fd.own(Libc.socket(family, type, 0), "socket UDP");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = SocketAddress.encode(arena, local, family);
      if (Libc.bind(fd.number(), name.address(), (int) name.byteSize()) < 0) {
        throw KernelException.last("bind UDP " + local);
      }
      return fd;
    } catch (KernelException e) {
      fd.close();
      throw e;
    }
  }

  /** The port that a socket is bound to. */
  static int port(Fd fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(SocketAddress.MAX_LENGTH, Integer.BYTES);
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, SocketAddress.MAX_LENGTH);
      if (Libc.getsockname(fd.number(), name.address(), length.address()) < 0) {
        throw KernelException.last("getsockname UDP");
      }
      return SocketAddress.port(name);
    }
  }

  private static void option(Fd fd, int level, int option, int value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment cell = arena.allocateFrom(ValueLayout.JAVA_INT, value);
      if (Libc.setsockopt(fd.number(), level, option, cell.address(), Integer.BYTES) < 0) {
        throw KernelException.last("setsockopt " + level + "/" + option);
      }
    }
  }
}
