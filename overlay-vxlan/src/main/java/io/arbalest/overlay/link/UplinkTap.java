package io.arbalest.overlay.link;

import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.LinkKind;
import io.arbalest.linux.rtnetlink.Links;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Fd;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.tap.Tap;
import io.arbalest.linux.tap.TapOffload;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.LinkStatus;
import java.util.Optional;
import java.util.Set;

/** The TAP that is an overlay's way out of its switch, and bears the overlay's name. */
final class UplinkTap {
  /** One super-frame and its headers fit into one datagram send of 65507 bytes. */
  private static final int MAX_AGGREGATE = 61_000;

  /** Longer queues add delay, not throughput. */
  private static final int TX_QUEUE = 256;

  private final Tap tap;
  private final int index;
  private final Set<TapOffload> offloads;

  private UplinkTap(Tap tap, int index, Set<TapOffload> offloads) {
    this.tap = tap;
    this.index = index;
    this.offloads = offloads;
  }

  /**
   * Attaches to the overlay's TAP if there is one, and makes it if not; down, if it is new.
   *
   * <p>The calling thread's namespace must be the one of {@code links}.
   *
   * @throws LinkException if the name belongs to somebody else's link, or the TAP is in use
   * @throws KernelException if the kernel refuses anything; a new TAP is gone then
   */
  static UplinkTap open(Links links, LinkName name, String alias, int mtu) {
    Optional<Link> found = links.find(name.text());
    if (found.isEmpty()) {
      return create(links, name, alias, mtu);
    }
    Link link = found.get();
    if (!link.alias().equals(Optional.of(alias)) || !isUplink(link)) {
      throw new LinkException(
          LinkStatus.OBJECT_ALREADY_EXISTS, "link " + name + ", which is not an overlay of ours");
    }
    return adopt(links, link, mtu);
  }

  private static boolean isUplink(Link link) {
    return link.kind() instanceof LinkKind.Tun tun && tun.tap() && tun.vnetHeader();
  }

  private static UplinkTap create(Links links, LinkName name, String alias, int mtu) {
    Tap tap = Tap.create(name.text());
    try {
      Set<TapOffload> offloads = tap.enableOffloads();
      int index = links.get(name.text()).index();
      // Marked before it can outlive this process.
      links.setAlias(index, alias);
      links.setMtu(index, mtu);
      links.setMaxAggregate(index, MAX_AGGREGATE);
      links.setTxQueueLength(index, TX_QUEUE);
      HostStack.keepOff(name);
      tap.setPersistent(true);
      return new UplinkTap(tap, index, offloads);
    } catch (RuntimeException e) {
      tap.close();
      throw e;
    }
  }

  private static UplinkTap adopt(Links links, Link link, int mtu) {
    Tap tap = attach(link.name());
    try {
      Set<TapOffload> offloads = tap.enableOffloads();
      if (link.mtu() != mtu) {
        links.setMtu(link.index(), mtu);
      }
      return new UplinkTap(tap, link.index(), offloads);
    } catch (RuntimeException e) {
      tap.close();
      throw e;
    }
  }

  private static Tap attach(String name) {
    try {
      return Tap.attach(name);
    } catch (KernelException e) {
      if (e.errno() == Errno.EBUSY) {
        throw new LinkException(LinkStatus.LINK_BUSY, name + " is held by another process", e);
      }
      throw e;
    }
  }

  /** The link's index, which it keeps over restarts of the daemon. */
  int index() {
    return index;
  }

  /** Frames are read and written here. */
  Fd fd() {
    return tap.fd();
  }

  /** Whether UDP super-frames may be written. */
  boolean takesUdpSuperFrames() {
    return offloads.contains(TapOffload.USO4) && offloads.contains(TapOffload.USO6);
  }

  /** Lets go of the link, which stays. */
  void release() {
    tap.close();
  }

  /** Removes the link. */
  void remove() {
    try {
      tap.setPersistent(false);
    } catch (KernelException e) {
      // Somebody has removed the link already.
      if (e.errno() != Errno.EBADFD) {
        throw e;
      }
    } finally {
      tap.close();
    }
  }
}
