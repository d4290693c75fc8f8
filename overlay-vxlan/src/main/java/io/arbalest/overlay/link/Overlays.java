package io.arbalest.overlay.link;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.overlay.OverlayPropertyException;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.directory.DirectoryException;
import io.arbalest.overlay.path.OverlayLoop;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.LinkStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The overlays of one daemon, all in the network namespace that it was opened in, and the packet
 * loop that they share.
 *
 * <p>Safe for use by several threads. The loop's thread runs only while there is an overlay.
 */
public final class Overlays implements AutoCloseable {
  private final OverlayMark mark;
  private final NetworkNamespace namespace;
  private final Rtnetlink kernel;
  private final Map<LinkName, Overlay> live = new TreeMap<>();
  private Optional<OverlayLoop> loop = Optional.empty();

  private Overlays(OverlayMark mark, NetworkNamespace namespace, Rtnetlink kernel) {
    this.mark = mark;
    this.namespace = namespace;
    this.kernel = kernel;
  }

  /**
   * Opens the overlays of a daemon in the calling thread's namespace. Nothing is changed.
   *
   * @param instance the daemon instance, which marks its links
   */
  public static Overlays open(String instance) {
    OverlayMark mark = new OverlayMark(instance);
    NetworkNamespace here = NetworkNamespace.current();
    try {
      return new Overlays(mark, here, Rtnetlink.open());
    } catch (RuntimeException e) {
      here.close();
      throw e;
    }
  }

  /**
   * Makes an overlay, or takes over its link if a dead daemon of this instance left it.
   *
   * @throws LinkException if there is an overlay with this name or VNI, if the name is another
   *     link's, or if the listen address is not on a link
   * @throws DirectoryException in {@link StartMode#STRICT} if the directory cannot be read
   * @throws OverlayPropertyException if the underlay leaves less than the MTU that is asked for
   * @throws KernelException if the kernel refuses something; what was made is gone then
   */
  public synchronized Overlay create(OverlaySpec spec, StartMode mode) {
    refuseTaken(spec);
    Overlay.Start how = new Overlay.Start(mode, mark.alias(spec.name()));
    try {
      Overlay overlay = namespace.call(() -> Overlay.start(spec, runningLoop(), kernel, how));
      live.put(spec.name(), overlay);
      return overlay;
    } finally {
      stopIdleLoop();
    }
  }

  private void refuseTaken(OverlaySpec spec) {
    for (Overlay other : live.values()) {
      if (other.name().equals(spec.name())) {
        throw new LinkException(LinkStatus.OBJECT_ALREADY_EXISTS, "overlay " + spec.name());
      }
      if (other.spec().vni().equals(spec.vni())) {
        throw new LinkException(
            LinkStatus.OBJECT_ALREADY_EXISTS,
            "vnetid " + spec.vni() + ", which overlay " + other.name() + " has");
      }
    }
  }

  private OverlayLoop runningLoop() {
    OverlayLoop running = loop.orElseGet(OverlayLoop::start);
    loop = Optional.of(running);
    return running;
  }

  private void stopIdleLoop() {
    if (live.isEmpty()) {
      loop.ifPresent(OverlayLoop::close);
      loop = Optional.empty();
    }
  }

  /** The overlay of a name, if there is one. */
  public synchronized Optional<Overlay> find(LinkName name) {
    return Optional.ofNullable(live.get(name));
  }

  /** All overlays, by name. */
  public synchronized List<Overlay> list() {
    return List.copyOf(live.values());
  }

  /**
   * Removes an overlay and its link.
   *
   * @return whether there was one
   * @throws KernelException if the kernel refuses; the overlay is stopped all the same
   */
  public synchronized boolean delete(LinkName name) {
    Overlay overlay = live.remove(name);
    if (overlay == null) {
      return false;
    }
    try {
      overlay.remove();
    } finally {
      stopIdleLoop();
    }
    return true;
  }

  /** The links of this instance that no overlay is using: left by a daemon that died. */
  public synchronized List<LinkName> orphans() {
    return ours().stream()
        .map(link -> mark.read(link.alias().orElse("")))
        .flatMap(Optional::stream)
        .filter(name -> !live.containsKey(name))
        .toList();
  }

  /**
   * Removes the orphaned links that are not wanted.
   *
   * @return those that were removed
   */
  public synchronized List<LinkName> removeOrphans(Collection<LinkName> wanted) {
    List<LinkName> doomed = orphans().stream().filter(name -> !wanted.contains(name)).toList();
    for (Link link : ours()) {
      mark.read(link.alias().orElse(""))
          .filter(doomed::contains)
          .ifPresent(name -> kernel.links().delete(link.index()));
    }
    return doomed;
  }

  private List<Link> ours() {
    return kernel.links().list().stream()
        .filter(link -> mark.read(link.alias().orElse("")).isPresent())
        .toList();
  }

  /** Stops all overlays; their links stay for the next daemon. */
  @Override
  public synchronized void close() {
    live.values().forEach(Overlay::release);
    live.clear();
    stopIdleLoop();
    kernel.close();
    namespace.close();
  }
}
