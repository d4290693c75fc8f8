package io.arbalest.overlay.link;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.overlay.DropReason;
import io.arbalest.overlay.OverlayMtu;
import io.arbalest.overlay.OverlayProperty;
import io.arbalest.overlay.OverlayPropertyException;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.directory.Directory;
import io.arbalest.overlay.directory.DirectoryException;
import io.arbalest.overlay.directory.DirectoryHealth;
import io.arbalest.overlay.directory.Target;
import io.arbalest.overlay.neighbour.ProxySlowPath;
import io.arbalest.overlay.path.Forwarding;
import io.arbalest.overlay.path.OverlayLoop;
import io.arbalest.overlay.path.OverlayPort;
import io.arbalest.overlay.path.PortSpec;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkName;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A live overlay.
 *
 * <p>Made by {@link Overlays}. Its link is down when it is new, because a TAP that is up before its
 * switch's program is attached would hand the frames of strangers to the host: attach the uplink
 * ({@link #ifindex}) to the switch, then call {@link #setUp}. Safe for use by several threads.
 */
public final class Overlay {
  private final OverlaySpec spec;
  private final Rtnetlink kernel;
  private final Directory directory;
  private final UplinkTap tap;
  private final OverlayPort port;
  private final int mtu;
  private boolean closed;

  private Overlay(
      OverlaySpec spec, Rtnetlink kernel, Directory directory, UplinkTap tap, OverlayLoop loop) {
    this.spec = spec;
    this.kernel = kernel;
    this.directory = directory;
    this.tap = tap;
    this.mtu = kernel.links().get(tap.index()).mtu();
    PortSpec portSpec =
        new PortSpec(spec.vni(), spec.listen().address(), mtu, false, tap.takesUdpSuperFrames());
    ProxySlowPath proxy = new ProxySlowPath(() -> directory.current().addresses());
    this.port =
        loop.open(portSpec, tap.fd(), new Forwarding(directory.current().forwarding(), proxy));
  }

  /**
   * Makes the overlay, or finds its link and takes it over. On the thread of the namespace.
   *
   * @throws DirectoryException in {@link StartMode#STRICT} if the directory cannot be read
   * @throws OverlayPropertyException if the underlay leaves less than the MTU that is asked for
   * @throws LinkException if the listen address is not on a link, or the name is taken
   * @throws KernelException if the kernel refuses something; what was made is gone then
   */
  static Overlay start(OverlaySpec spec, OverlayLoop loop, Rtnetlink kernel, Start how) {
    Directory directory = Directories.open(spec, how.mode());
    int underlay =
        UnderlayMtu.of(kernel, spec.listen().ip(), directory.current().forwarding().vteps());
    int mtu = OverlayMtu.inner(spec.mtu(), spec.listen().ip(), underlay);
    boolean existed = kernel.links().find(spec.name().text()).isPresent();
    UplinkTap tap = UplinkTap.open(kernel.links(), spec.name(), how.alias(), mtu);
    try {
      return new Overlay(spec, kernel, directory, tap, loop);
    } catch (RuntimeException e) {
      undo(tap, existed, e);
      throw e;
    }
  }

  /**
   * How an overlay starts.
   *
   * @param alias the mark of its link
   */
  record Start(StartMode mode, String alias) {}

  private static void undo(UplinkTap tap, boolean existed, RuntimeException failure) {
    try {
      if (existed) {
        tap.release();
      } else {
        tap.remove();
      }
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  public OverlaySpec spec() {
    return spec;
  }

  public LinkName name() {
    return spec.name();
  }

  /** The index of its link, in the daemon's namespace: the uplink of its switch. */
  public int ifindex() {
    return tap.index();
  }

  /** The largest IP packet that its VNICs may send, in bytes. */
  public int mtu() {
    return mtu;
  }

  /** Brings the link up; harmless if it is. */
  public void setUp() {
    kernel.links().setUp(tap.index());
  }

  /**
   * Reads the directory again and puts what it says in force.
   *
   * @return the health afterwards; if the directory was bad, the old one still holds
   */
  public synchronized DirectoryHealth reload() {
    directory.reload();
    if (!closed) {
      port.forward(directory.current().forwarding());
    }
    return health();
  }

  /** Whether it can do its work: its link is there, its directory fresh, its MTU right. */
  public DirectoryHealth health() {
    if (kernel.links().find(tap.index()).filter(l -> l.isNamed(spec.name().text())).isEmpty()) {
      return DirectoryHealth.degraded("the link " + spec.name() + " was removed from outside");
    }
    DirectoryHealth health = directory.health();
    return health.isOnline() ? new DirectoryHealth(misfit()) : health;
  }

  /** A sentence if the underlay does not carry its longest frames, or has lost its address. */
  private Optional<String> misfit() {
    try {
      InetAddress local = spec.listen().ip();
      int underlay = UnderlayMtu.of(kernel, local, directory.current().forwarding().vteps());
      int most = underlay - OverlayMtu.overhead(local);
      return most >= mtu
          ? Optional.empty()
          : Optional.of(
              "mtu " + mtu + " is more than the underlay carries to all VTEPs, which is " + most);
    } catch (LinkException | KernelException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  /** Where its frames go, in order of MAC address. */
  public List<Target> targets() {
    return directory.current().targets();
  }

  /** Its counters now. */
  public OverlayStatistics statistics() {
    long queueDrops =
        kernel.links().find(tap.index()).map(l -> l.statistics().sendDrops()).orElse(0L);
    return new OverlayStatistics(
        port.counters().snapshot().with(DropReason.QUEUE_FULL, queueDrops),
        port.listenerSnapshot());
  }

  /** The lines of {@code dladm show-overlay}. */
  public List<OverlayProperty> properties() {
    return PropertyTable.of(spec, mtu);
  }

  /** Stops; the link stays, for the next daemon. Frames are lost meanwhile. */
  synchronized void release() {
    if (stop()) {
      tap.release();
    }
  }

  /** Stops and removes the link. */
  synchronized void remove() {
    if (stop()) {
      tap.remove();
    }
  }

  private boolean stop() {
    if (closed) {
      return false;
    }
    closed = true;
    port.close();
    directory.close();
    return true;
  }

  @Override
  public String toString() {
    return spec.name()
        + " (vni "
        + spec.vni()
        + " at "
        + IpLiteral.format(spec.listen().ip())
        + ")";
  }
}
