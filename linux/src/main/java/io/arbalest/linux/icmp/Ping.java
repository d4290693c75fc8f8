package io.arbalest.linux.icmp;

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
import java.time.Duration;
import java.util.Optional;

/**
 * Sends echo requests and times the replies.
 *
 * <p>The socket belongs to the network namespace of the thread that calls {@link #open}; needs
 * CAP_NET_RAW there. Not safe for use by several threads.
 */
public final class Ping implements AutoCloseable {
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int IPPROTO_ICMP = 1;
  private static final int IPPROTO_ICMPV6 = 58;
  private static final int SOCKADDR_BYTES = 28;
  private static final int REPLY_BYTES = 2048;
  private static final short POLLIN = 1;

  private final Fd socket;
  private final boolean ipv4;
  private final int identifier;
  private int sequence;

  private Ping(Fd socket, boolean ipv4) {
    this.socket = socket;
    this.ipv4 = ipv4;
    this.identifier = (int) (ProcessHandle.current().pid() ^ socket.number() << 8) & 0xffff;
  }

  /**
   * Opens a socket to one target.
   *
   * @throws KernelException if there is no route to it, or no right to raw sockets
   */
  public static Ping open(InetAddress target) {
    boolean ipv4 = target instanceof Inet4Address;
    Fd socket =
        Fd.own(
            Libc.socket(
                ipv4 ? AF_INET : AF_INET6, SOCK_RAW_CLOEXEC, ipv4 ? IPPROTO_ICMP : IPPROTO_ICMPV6),
            "socket for ping");
    try {
      connect(socket, target, ipv4);
      return new Ping(socket, ipv4);
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * One echo.
   *
   * @return the round-trip time, or empty if no reply came within {@code timeout}
   */
  public Optional<Duration> echo(Duration timeout) {
    EchoMessage request = new EchoMessage(ipv4, false, identifier, ++sequence & 0xffff);
    try (Arena arena = Arena.ofConfined()) {
      long start = System.nanoTime();
      if (!send(arena, request)) {
        return Optional.empty();
      }
      return await(arena, request.reply(), start, timeout);
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  private boolean send(Arena arena, EchoMessage request) {
    byte[] bytes = request.encode();
    MemorySegment buffer = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
    long sent = Libc.sendto(socket.number(), buffer.address(), bytes.length, 0, 0, 0);
    if (sent >= 0) {
      return true;
    }
    Errno errno = Errno.of(Libc.errno());
    // The answer to an earlier echo ("host unreachable") arrives as the error of the next send.
    if (errno == Errno.EHOSTUNREACH || errno == Errno.ENETUNREACH || errno == Errno.ECONNREFUSED) {
      return false;
    }
    throw new KernelException("sendto for ping", errno);
  }

  private Optional<Duration> await(Arena arena, EchoMessage reply, long start, Duration timeout) {
    MemorySegment buffer = arena.allocate(REPLY_BYTES);
    long deadline = start + timeout.toNanos();
    while (readable(arena, deadline - System.nanoTime())) {
      long length = Libc.recv(socket.number(), buffer.address(), REPLY_BYTES, 0);
      long now = System.nanoTime();
      if (length > 0 && reply.matches(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE))) {
        return Optional.of(Duration.ofNanos(now - start));
      }
    }
    return Optional.empty();
  }

  private boolean readable(Arena arena, long nanos) {
    if (nanos <= 0) {
      return false;
    }
    MemorySegment poll = arena.allocate(8, 4);
    poll.set(ValueLayout.JAVA_INT, 0, socket.number());
    poll.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
    return Libc.poll(poll.address(), 1, (int) Math.max(1, nanos / 1_000_000)) > 0;
  }

  private static void connect(Fd socket, InetAddress target, boolean ipv4) {
    ByteBuffer address = ByteBuffer.allocate(SOCKADDR_BYTES).order(ByteOrder.nativeOrder());
    address.putShort((short) (ipv4 ? AF_INET : AF_INET6));
    address.position(ipv4 ? 4 : 8).put(target.getAddress());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, address.array());
      if (Libc.connect(socket.number(), memory.address(), ipv4 ? 16 : SOCKADDR_BYTES) != 0) {
        throw KernelException.last("connect to " + target.getHostAddress());
      }
    }
  }
}
