package io.arbalest.bench;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A connected UDP socket by plain system calls: the meter must cost less than what it measures. */
final class UdpSocket implements AutoCloseable {
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int BUFFER_BYTES = 2048;
  private static final int TIMEOUT_MILLIS = 200;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);
  private final Fd fd;

  private UdpSocket(Fd fd) {
    this.fd = fd;
  }

  static UdpSocket open(Endpoint local, int port) {
    try (NetworkNamespace namespace = local.open()) {
      return namespace.call(() -> bound(local.address(), port));
    }
  }

  private static UdpSocket bound(InetAddress address, int port) {
    int family = address instanceof Inet4Address ? AF_INET : AF_INET6;
    UdpSocket socket = new UdpSocket(Fd.own(Libc.socket(family, SOCK_DGRAM_CLOEXEC, 0), "socket"));
    MemorySegment name = socket.name(address, port);
    socket.check(Libc.bind(socket.fd.number(), name.address(), (int) name.byteSize()), "bind");
    socket.option(SO_RCVBUFFORCE, 8 << 20);
    socket.timeout();
    return socket;
  }

  void connect(InetAddress address, int port) {
    MemorySegment name = name(address, port);
    check(Libc.connect(fd.number(), name.address(), (int) name.byteSize()), "connect");
  }

  /** Whether the kernel took it; a full queue is not an error. */
  boolean send(int length) {
    if (Libc.sendto(fd.number(), buffer.address(), length, 0, 0, 0) >= 0) {
      return true;
    }
    Errno errno = Errno.of(Libc.errno());
    if (errno == Errno.EAGAIN || errno == Errno.ENOBUFS || errno == Errno.ECONNREFUSED) {
      return false;
    }
    throw new KernelException("sendto", errno);
  }

  /** Whether a datagram came before the timeout. */
  boolean receive() {
    return Libc.recv(fd.number(), buffer.address(), BUFFER_BYTES, 0) >= 0;
  }

  @Override
  public void close() {
    fd.close();
    arena.close();
  }

  private MemorySegment name(InetAddress address, int port) {
    boolean ipv4 = address instanceof Inet4Address;
    ByteBuffer name = ByteBuffer.allocate(ipv4 ? 16 : 28);
    name.order(ByteOrder.nativeOrder()).putShort((short) (ipv4 ? AF_INET : AF_INET6));
    name.order(ByteOrder.BIG_ENDIAN).putShort((short) port);
    name.position(ipv4 ? 4 : 8).put(address.getAddress());
    return arena.allocateFrom(ValueLayout.JAVA_BYTE, name.array());
  }

  private void option(int option, int value) {
    MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_INT, value);
    check(Libc.setsockopt(fd.number(), SOL_SOCKET, option, memory.address(), 4), "setsockopt");
  }

  private void timeout() {
    MemorySegment timeval = arena.allocate(16, 8);
    timeval.set(ValueLayout.JAVA_LONG, 8, TIMEOUT_MILLIS * 1000L);
    check(
        Libc.setsockopt(fd.number(), SOL_SOCKET, SO_RCVTIMEO, timeval.address(), 16),
        "setsockopt SO_RCVTIMEO");
  }

  private void check(int result, String call) {
    if (result < 0) {
      KernelException e = KernelException.last(call);
      close();
      throw e;
    }
  }
}
