package io.arbalest.linux.netlink;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A netlink socket that hears of changes, of some multicast groups in one network namespace.
 *
 * <p>One thread waits; any thread may {@link #stop}. When more happens than the socket's buffer
 * holds, the kernel drops events and says so: {@link Heard.Lost} means that the caller has to read
 * the whole state again.
 */
public final class NetlinkEvents implements AutoCloseable {
  private static final int EFD_CLOEXEC = 0x80000;
  private static final int POLLIN = 1;
  private static final int POLLFD = 8;

  private final KernelTransport transport;
  private final Fd stop;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment pollFds = arena.allocate(2 * POLLFD, 8);

  private NetlinkEvents(KernelTransport transport, Fd stop) {
    this.transport = transport;
    this.stop = stop;
    pollFds.set(ValueLayout.JAVA_INT, 0, transport.fd().number());
    pollFds.set(ValueLayout.JAVA_SHORT, 4, (short) POLLIN);
    pollFds.set(ValueLayout.JAVA_INT, POLLFD, stop.number());
    pollFds.set(ValueLayout.JAVA_SHORT, POLLFD + 4, (short) POLLIN);
  }

  /** What came of waiting. */
  public sealed interface Heard {
    /** Something happened. */
    record Messages(List<NetlinkMessage> messages) implements Heard {}

    /** So much happened that part of it was dropped. */
    record Lost() implements Heard {}

    /** Nothing within the time limit. */
    record Nothing() implements Heard {}

    /** Nobody shall wait any more. */
    record Stopped() implements Heard {}
  }

  /**
   * Starts to listen in the calling thread's namespace.
   *
   * @param groups numbers of the multicast groups ({@code RTNLGRP_LINK} is 1); what happens in
   *     several of them is heard in the order in which it happened
   * @param receiveBuffer bytes of events to hold while nobody reads
   */
  public static NetlinkEvents open(int family, List<Integer> groups, int receiveBuffer) {
    KernelTransport transport = KernelTransport.open(family).forEvents(groups, receiveBuffer);
    try {
      return new NetlinkEvents(transport, Fd.own(Libc.eventfd(0, EFD_CLOEXEC), "eventfd"));
    } catch (KernelException e) {
      transport.close();
      throw e;
    }
  }

  /**
   * Waits for the next event.
   *
   * @param timeoutMillis at most this long; -1 for ever
   */
  public Heard await(int timeoutMillis) {
    int ready = Libc.poll(pollFds.address(), 2, timeoutMillis);
    if (ready < 0) {
      Errno errno = Errno.of(Libc.errno());
      if (errno == Errno.EINTR) {
        return new Heard.Nothing();
      }
      throw new KernelException("poll", errno);
    }
    if (pollFds.get(ValueLayout.JAVA_SHORT, POLLFD + 6) != 0) {
      return new Heard.Stopped();
    }
    return ready == 0 ? new Heard.Nothing() : receive();
  }

  private Heard receive() {
    try {
      NetlinkTransport.Datagram datagram = transport.receive();
      if (datagram.truncated()) {
        return new Heard.Lost();
      }
      return new Heard.Messages(datagram.isFromKernel() ? datagram.messages() : List.of());
    } catch (KernelException e) {
      if (e.errno() == Errno.ENOBUFS) {
        return new Heard.Lost();
      }
      throw e;
    }
  }

  /** Makes every present and later {@link #await} return {@link Heard.Stopped}. */
  public void stop() {
    if (!stop.isOpen()) {
      return;
    }
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment one = scratch.allocateFrom(ValueLayout.JAVA_LONG, 1L);
      Libc.write(stop.number(), one.address(), Long.BYTES);
    }
  }

  /** Closes the socket; nobody may be waiting. */
  @Override
  public void close() {
    if (stop.isOpen()) {
      transport.close();
      stop.close();
      arena.close();
    }
  }
}
