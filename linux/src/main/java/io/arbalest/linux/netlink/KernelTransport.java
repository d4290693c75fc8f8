package io.arbalest.linux.netlink;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** A real netlink socket. One thread sends and receives at a time; any thread may close. */
final class KernelTransport implements NetlinkTransport {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_ADD_MEMBERSHIP = 1;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;
  private static final int NETLINK_GET_STRICT_CHK = 12;
  private static final int MSG_TRUNC = 0x20;
  private static final int ADDRESS_SIZE = 12;
  private static final int MSGHDR_SIZE = 56;
  private static final int MSGHDR_FLAGS = 48;

  // The kernel's largest dump message is 32 KiB; one link with many virtual functions may be more.
  private static final int BUFFER_SIZE = 256 * 1024;
  private static final long TIMEOUT_SECONDS = 30;

  private final Fd fd;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(BUFFER_SIZE, 8);
  private final MemorySegment address = arena.allocate(ADDRESS_SIZE, 8);
  private final MemorySegment header = arena.allocate(MSGHDR_SIZE, 8);
  private final int port;

  private KernelTransport(Fd fd) {
    this.fd = fd;
    this.port = bind();
    MemorySegment iovec = arena.allocate(16, 8);
    iovec.set(ValueLayout.JAVA_LONG, 0, buffer.address());
    iovec.set(ValueLayout.JAVA_LONG, 8, BUFFER_SIZE);
    header.set(ValueLayout.JAVA_LONG, 0, address.address());
    header.set(ValueLayout.JAVA_LONG, 16, iovec.address());
    header.set(ValueLayout.JAVA_LONG, 24, 1);
  }

  /** Opens a socket in the calling thread's network namespace. */
  static KernelTransport open(int family) {
    Fd fd = Fd.own(Libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, family), "socket AF_NETLINK");
    try {
      return new KernelTransport(fd);
    } catch (KernelException e) {
      fd.close();
      throw e;
    }
  }

  private int bind() {
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_NETLINK);
    if (Libc.bind(fd.number(), address.address(), ADDRESS_SIZE) != 0) {
      throw KernelException.last("bind AF_NETLINK");
    }
    MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, ADDRESS_SIZE);
    if (Libc.getsockname(fd.number(), address.address(), length.address()) != 0) {
      throw KernelException.last("getsockname AF_NETLINK");
    }
    return address.get(ValueLayout.JAVA_INT, 4);
  }

  /** Settings of a socket for requests: the kernel's words, strict checks, a limit on waiting. */
  KernelTransport forRequests() {
    set(SOL_NETLINK, NETLINK_EXT_ACK, 1);
    set(SOL_NETLINK, NETLINK_CAP_ACK, 1);
    set(SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1);
    MemorySegment timeval = arena.allocateFrom(ValueLayout.JAVA_LONG, TIMEOUT_SECONDS, 0);
    setsockopt(SOL_SOCKET, SO_RCVTIMEO, timeval);
    return this;
  }

  /** Settings of a socket for events of multicast groups. */
  KernelTransport forEvents(List<Integer> groups, int receiveBuffer) {
    set(SOL_SOCKET, SO_RCVBUFFORCE, receiveBuffer);
    groups.forEach(group -> set(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group));
    return this;
  }

  private void set(int level, int option, int value) {
    setsockopt(level, option, arena.allocateFrom(ValueLayout.JAVA_INT, value));
  }

  private void setsockopt(int level, int option, MemorySegment value) {
    int size = (int) value.byteSize();
    if (Libc.setsockopt(fd.number(), level, option, value.address(), size) != 0) {
      KernelException e = KernelException.last("setsockopt AF_NETLINK " + level + "/" + option);
      close();
      throw e;
    }
  }

  Fd fd() {
    return fd;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void send(byte[] datagram) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment data = scratch.allocateFrom(ValueLayout.JAVA_BYTE, datagram);
      // Without an address: an unconnected netlink socket sends to port 0, the kernel.
      while (Libc.sendto(fd.number(), data.address(), datagram.length, 0, 0, 0) < 0) {
        throwUnlessInterrupted("send AF_NETLINK");
      }
    }
  }

  @Override
  public Datagram receive() {
    header.set(ValueLayout.JAVA_INT, 8, ADDRESS_SIZE);
    long length = Libc.recvmsg(fd.number(), header.address(), 0);
    while (length < 0) {
      throwUnlessInterrupted("receive AF_NETLINK");
      length = Libc.recvmsg(fd.number(), header.address(), 0);
    }
    boolean truncated = (header.get(ValueLayout.JAVA_INT, MSGHDR_FLAGS) & MSG_TRUNC) != 0;
    byte[] data = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    int sender = address.get(ValueLayout.JAVA_INT, 4);
    return new Datagram(sender, NetlinkMessage.decode(data), truncated);
  }

  private static void throwUnlessInterrupted(String call) {
    Errno errno = Errno.of(Libc.errno());
    if (errno != Errno.EINTR) {
      throw new KernelException(call, errno);
    }
  }

  @Override
  public void close() {
    if (fd.isOpen()) {
      fd.close();
      arena.close();
    }
  }
}
