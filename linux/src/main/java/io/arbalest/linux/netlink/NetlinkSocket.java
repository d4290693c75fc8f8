package io.arbalest.linux.netlink;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.KernelException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A netlink socket for requests.
 *
 * <p>It belongs for ever to the network namespace it was opened in. Safe for use by several
 * threads; requests are answered one after another. Waiting is limited to 30 seconds (EAGAIN).
 */
public final class NetlinkSocket implements AutoCloseable {
  /** The family of links, addresses, routes, neighbours and traffic control. */
  public static final int ROUTE = 0;

  private static final int MAX_ATTEMPTS = 5;
  private static final long FIRST_PAUSE_NANOS = 1_000_000;

  // Guards the transport's buffers and the sequence.
  private final ReentrantLock lock = new ReentrantLock();
  private final NetlinkTransport transport;
  private int sequence;

  NetlinkSocket(NetlinkTransport transport) {
    this.transport = transport;
  }

  /** Opens a socket in the calling thread's namespace. */
  public static NetlinkSocket open(int family) {
    return new NetlinkSocket(KernelTransport.open(family).forRequests());
  }

  /** Opens a socket in a namespace. */
  public static NetlinkSocket open(int family, NetworkNamespace namespace) {
    return namespace.call(() -> open(family));
  }

  /**
   * Sends a request and returns what answered it; nothing but success for a change.
   *
   * <p>A list that the kernel flags as interrupted, or that overran the socket's buffer, is asked
   * for again, up to five times in all.
   *
   * @throws KernelException if the kernel refuses, with its words as the detail
   * @throws DumpInterruptedException if no attempt gave a list that can be believed
   */
  public List<NetlinkMessage> execute(NetlinkRequest request) {
    if (request.kind() == NetlinkRequest.Kind.CHANGE) {
      Failpoint.hit(request.what());
    }
    for (int attempt = 1; ; attempt++) {
      boolean last = attempt == MAX_ATTEMPTS;
      try {
        Exchange exchange = exchange(request);
        if (!exchange.isInterrupted()) {
          return exchange.answers();
        }
        if (last) {
          throw new DumpInterruptedException(request.what(), MAX_ATTEMPTS);
        }
      } catch (KernelException e) {
        if (last || !mayRepeat(request, e)) {
          throw e;
        }
      }
      // Whoever changes the list gets a moment to finish: 1, 2, 4, 8 ms.
      LockSupport.parkNanos(FIRST_PAUSE_NANOS << (attempt - 1));
    }
  }

  private static boolean mayRepeat(NetlinkRequest request, KernelException e) {
    return request.kind() == NetlinkRequest.Kind.DUMP && e.errno() == Errno.ENOBUFS;
  }

  private Exchange exchange(NetlinkRequest request) {
    lock.lock();
    try {
      sequence++;
      Exchange exchange = new Exchange(request, sequence, transport.port());
      transport.send(request.toMessage(sequence).encode());
      while (!exchange.isDone()) {
        exchange.accept(transport.receive());
      }
      return exchange;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      transport.close();
    } finally {
      lock.unlock();
    }
  }
}
