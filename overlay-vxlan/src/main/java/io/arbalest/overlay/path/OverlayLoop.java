package io.arbalest.overlay.path;

import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.overlay.Vni;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The packet loop of a daemon: one thread that moves the frames of all its overlays.
 *
 * <p>Sockets are opened by the thread that calls {@link #open}, so they belong to that thread's
 * network namespace; TAPs are opened by the caller. Safe for use by several threads, but not from a
 * {@link SlowPath}.
 */
public final class OverlayLoop implements AutoCloseable {
  /** How long the loop looks for more work before it sleeps. */
  public static final Duration DEFAULT_SPIN = Duration.ofNanos(20_000);

  private final MultiThreadIoEventLoopGroup group;
  private final IoEventLoop loop;
  private final HotPollers hot = new HotPollers();
  private final Map<InetSocketAddress, Underlay> underlays = new HashMap<>();
  private final Set<OverlayPort> ports = new HashSet<>();
  private boolean closed;

  private OverlayLoop(Duration spin) {
    long nanos = spin.toNanos();
    var handlers = EpollIoHandler.newFactory(0, () -> new SpinStrategy(hot, nanos));
    group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("overlay", true), handlers);
    loop = group.next();
  }

  /** Starts a loop that spins for {@link #DEFAULT_SPIN}. */
  public static OverlayLoop start() {
    return start(DEFAULT_SPIN);
  }

  /**
   * Starts a loop.
   *
   * @param spin how long it looks for more work before it sleeps; zero sleeps at once
   */
  public static OverlayLoop start(Duration spin) {
    Rehearsal.holdOnce();
    return new OverlayLoop(spin);
  }

  /**
   * Attaches an overlay. Its sockets are shared with the other overlays of the same local address.
   *
   * @param tap a non-blocking TAP with vnet headers of ten octets and its offloads set; must stay
   *     open until the port is closed
   * @throws KernelException if the sockets cannot be opened
   * @throws IllegalArgumentException if the VNI is taken at that address, or a VTEP is of a family
   *     that the local address cannot reach
   */
  public synchronized OverlayPort open(PortSpec spec, Fd tap, Forwarding with) {
    if (closed) {
      throw new IllegalStateException("the overlay loop is closed");
    }
    refuseTaken(spec);
    Underlay underlay = underlays.computeIfAbsent(spec.local(), a -> new Underlay(loop, a, hot));
    underlay.retain();
    try {
      OverlayPort port = new OverlayPort(this, spec, underlay, tap, with);
      port.start();
      ports.add(port);
      return port;
    } catch (RuntimeException e) {
      release(underlay);
      throw e;
    }
  }

  private void refuseTaken(PortSpec spec) {
    Vni vni = spec.vni();
    boolean taken =
        ports.stream()
            .map(OverlayPort::spec)
            .anyMatch(s -> s.vni().equals(vni) && s.local().equals(spec.local()));
    if (taken) {
      throw new IllegalArgumentException("VNI " + vni + " is taken at " + spec.local());
    }
  }

  synchronized void close(OverlayPort port) {
    if (ports.remove(port)) {
      onLoop(port::detach);
      release(port.underlay());
    }
  }

  private void release(Underlay underlay) {
    if (underlay.release()) {
      underlays.remove(underlay.local());
      onLoop(underlay::close);
    }
  }

  HotPollers hotPollers() {
    return hot;
  }

  IoEventLoop eventLoop() {
    return loop;
  }

  /** Runs something on the loop's thread and waits for it. */
  void onLoop(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else {
      loop.submit(task).syncUninterruptibly();
    }
  }

  /** Closes the ports that are left, and ends the thread. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    Set.copyOf(ports).forEach(this::close);
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
