package io.arbalest.overlay.path;

import io.arbalest.linux.sys.Fd;
import io.arbalest.overlay.OverlayCounters;
import io.netty.channel.IoEventLoop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One overlay in the packet loop: its TAP on one side, its underlay address on the other.
 *
 * <p>Made by {@link OverlayLoop#open}; its methods may be called from any thread. Closing leaves
 * the TAP to its owner.
 */
public final class OverlayPort implements AutoCloseable {
  private final OverlayLoop owner;
  private final IoEventLoop loop;
  private final PortSpec spec;
  private final Underlay underlay;
  private final OverlayCounters counters = new OverlayCounters();
  private final Arena arena = Arena.ofShared();
  private final TapHandle tap;
  private final Transmitter transmitter;
  private final Receiver receiver;
  private boolean closed;

  OverlayPort(OverlayLoop owner, PortSpec spec, Underlay underlay, Fd tapFd, Forwarding with) {
    this.owner = owner;
    this.loop = owner.eventLoop();
    this.spec = spec;
    this.underlay = underlay;
    tap = new TapHandle(tapFd, underlay.senders(), owner.hotPollers());
    Coalescer coalescer = new Coalescer(arena, tap, counters, spec);
    receiver = new Receiver(coalescer, counters, spec.ignoreReservedBits());
    receiver.use(with.table());
    Outlet outlet =
        new Outlet(
            spec.vni().value(),
            List.copyOf(underlay.senders()),
            counters,
            with.slowPath(),
            this::write);
    transmitter = new Transmitter(arena, outlet, Peers.of(with.table(), underlay.way()));
  }

  /** Joins the loop; waits until it has. */
  void start() {
    var registration = Underlay.register(loop, tap);
    owner.onLoop(
        () -> {
          underlay.listener().add(spec.vni().value(), receiver);
          underlay.listen();
          tap.start(transmitter, registration);
        });
  }

  public PortSpec spec() {
    return spec;
  }

  /** The counters of this overlay. */
  public OverlayCounters counters() {
    return counters;
  }

  /**
   * The counters of the listener that this overlay shares with the others of its local address:
   * what was dropped before its overlay was known.
   */
  public OverlayCounters listenerCounters() {
    return underlay.listener().counters();
  }

  /** The same now, with what the kernel dropped at the listener's socket. */
  public OverlayCounters.Snapshot listenerSnapshot() {
    return underlay.listener().snapshot();
  }

  /**
   * Uses another forwarding table, as a whole, from the next frame on. Returns when it is in use.
   *
   * @throws IllegalArgumentException if a VTEP cannot be reached from the local address's family
   */
  public void forward(ForwardingTable table) {
    Peers successor = transmitter.peers().successor(table, underlay.way());
    owner.onLoop(
        () -> {
          transmitter.use(successor);
          receiver.use(table);
        });
  }

  /**
   * Gives the zones a frame that did not come over the underlay; not counted.
   *
   * @param frame an Ethernet frame with complete checksums
   */
  public void inject(byte[] frame) {
    owner.onLoop(() -> write(frame));
  }

  private void write(byte[] frame) {
    try (Arena once = Arena.ofConfined()) {
      MemorySegment memory = once.allocate(Vnet.HEADER + frame.length, Long.BYTES);
      MemorySegment.copy(MemorySegment.ofArray(frame), 0, memory, Vnet.HEADER, frame.length);
      IoVectors vectors = new IoVectors(once, 1);
      vectors.set(0, memory.address(), memory.byteSize());
      tap.write(vectors.address(0), 1);
    }
  }

  /** Leaves the loop; the TAP stays open. Closing twice is harmless. */
  @Override
  public void close() {
    owner.close(this);
  }

  /** Leaves the loop, on its thread. */
  void detach() {
    if (!closed) {
      closed = true;
      underlay.listener().remove(spec.vni().value());
      tap.close();
      arena.close();
    }
  }

  Underlay underlay() {
    return underlay;
  }
}
