package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netlink.NetlinkMessage;
import io.arbalest.linux.netlink.NetlinkRequest;
import io.arbalest.linux.netlink.NetlinkSocket;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The links of one network namespace. Every verb may throw {@link KernelException}. */
public final class Links {
  private static final long FIRST_WAIT_MILLIS = 1;
  private static final long LAST_WAIT_MILLIS = 16;

  private final NetlinkSocket socket;

  Links(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * Makes a virtual cable, both ends down, by one message; an alias follows by a second.
   *
   * @return the near end; its {@link Link#linkIndex()} is the peer's index in the peer's namespace
   * @throws KernelException EEXIST if a name is taken in its namespace
   */
  public Link createVeth(VethPair pair) {
    socket.execute(LinkRequests.createVeth(pair));
    try {
      pair.peer().alias().ifPresent(alias -> setAlias(pair.peer(), alias));
      return finish(pair.near());
    } catch (KernelException e) {
      throw undo(pair.near(), e);
    }
  }

  /** Makes a device of the kernel's own VXLAN, down. */
  public Link createVxlan(NewLink link, LinkKind.Vxlan vxlan) {
    socket.execute(LinkRequests.createVxlan(link, vxlan));
    try {
      return finish(link);
    } catch (KernelException e) {
      throw undo(link, e);
    }
  }

  /** Makes an Ethernet bridge, down. The product forwards without one; labs use it as a wire. */
  public Link createBridge(NewLink link) {
    socket.execute(LinkRequests.createBridge(link));
    try {
      return finish(link);
    } catch (KernelException e) {
      throw undo(link, e);
    }
  }

  private Link finish(NewLink link) {
    link.alias().ifPresent(alias -> setAlias(link, alias));
    return where(link, links -> links.get(link.name()));
  }

  private void setAlias(NewLink link, String alias) {
    where(
        link,
        links -> {
          links.setAlias(links.get(link.name()).index(), alias);
          return alias;
        });
  }

  /** Takes the link away that could not be finished. */
  private KernelException undo(NewLink link, KernelException failure) {
    try {
      where(
          link,
          links -> {
            links.delete(links.get(link.name()).index());
            return link;
          });
    } catch (KernelException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  private interface Verb<T> {
    T apply(Links links);
  }

  /** Applies a verb in the namespace that the link was placed in. */
  private <T> T where(NewLink link, Verb<T> verb) {
    if (link.namespace().isEmpty()) {
      return verb.apply(this);
    }
    try (NetlinkSocket there = NetlinkSocket.open(NetlinkSocket.ROUTE, link.namespace().get())) {
      return verb.apply(new Links(there));
    }
  }

  public void setUp(int index) {
    socket.execute(LinkRequests.setUp(index, true));
  }

  public void setDown(int index) {
    socket.execute(LinkRequests.setUp(index, false));
  }

  /** Sets the largest IP packet in bytes. */
  public void setMtu(int index, int mtu) {
    socket.execute(LinkRequests.setMtu(index, mtu));
  }

  public void setAddress(int index, MacAddress mac) {
    socket.execute(LinkRequests.setAddress(index, mac));
  }

  /** Sets the free text, at most 255 bytes; empty removes it. */
  public void setAlias(int index, String alias) {
    socket.execute(LinkRequests.setAlias(index, alias));
  }

  /** Puts it into a group, by which links can be deleted; 0 takes it out of any other. */
  public void setGroup(int index, int group) {
    socket.execute(LinkRequests.setGroup(index, group));
  }

  /** Keeps IPv6 from giving it addresses of its own, link-local ones included; set while down. */
  public void disableAddressGeneration(int index) {
    socket.execute(LinkRequests.disableAddressGeneration(index));
  }

  /**
   * Keeps the host's own IPv4 off it, and IPv6 from giving it addresses: no ARP, no forwarding, no
   * proxying, no redirects, and no source is believed that arrives on it. To switch IPv6 off as a
   * whole there is only {@code /proc/sys}.
   */
  public void shutToStack(int index) {
    socket.execute(LinkRequests.shutToStack(index));
  }

  /** Gives it another name; refused with EBUSY while it is up on old kernels. */
  public void rename(int index, String name) {
    socket.execute(LinkRequests.rename(index, name));
  }

  /** Sets the largest GSO and GRO aggregate in bytes, for IPv4 and IPv6. */
  public void setMaxAggregate(int index, int bytes) {
    socket.execute(LinkRequests.setMaxAggregate(index, bytes));
  }

  /** Sets how many packets its transmit queue holds. */
  public void setTxQueueLength(int index, int packets) {
    socket.execute(LinkRequests.setTxQueueLength(index, packets));
  }

  /** Moves it to another namespace: it goes down, loses its addresses, and keeps its name. */
  public void move(int index, NetworkNamespace target) {
    socket.execute(LinkRequests.move(index, target.fd().number()));
  }

  /** Makes a link a port of a bridge. */
  public void setMaster(int index, int bridge) {
    socket.execute(LinkRequests.setMaster(index, bridge));
  }

  /** Adds a further name of up to 127 bytes, unique among all names of the namespace. */
  public void addAltName(int index, String name) {
    socket.execute(LinkRequests.addAltName(index, name));
  }

  public void removeAltName(int index, String name) {
    socket.execute(LinkRequests.removeAltName(index, name));
  }

  /** Deletes it, a veth together with its peer. Takes some 20 ms; many at once go by group. */
  public void delete(int index) {
    socket.execute(LinkRequests.delete(index));
  }

  /**
   * Deletes all links of a group in one go.
   *
   * @throws KernelException ENODEV if there is none; EPERM for group 0, which everything is in
   */
  public void deleteGroup(int group) {
    socket.execute(LinkRequests.deleteGroup(group));
  }

  /**
   * The link of an index.
   *
   * @throws KernelException ENODEV if there is none
   */
  public Link get(int index) {
    return one(LinkRequests.get(index));
  }

  /**
   * The link of a name or alternative name.
   *
   * @throws KernelException ENODEV if there is none
   */
  public Link get(String name) {
    return one(LinkRequests.get(name));
  }

  /** The link of an index, if there is one. */
  public Optional<Link> find(int index) {
    return ifAny(LinkRequests.get(index));
  }

  /** The link of a name or alternative name, if there is one. */
  public Optional<Link> find(String name) {
    return ifAny(LinkRequests.get(name));
  }

  private Optional<Link> ifAny(NetlinkRequest request) {
    try {
      return Optional.of(one(request));
    } catch (KernelException e) {
      if (e.errno() == Errno.ENODEV) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Link one(NetlinkRequest request) {
    List<NetlinkMessage> answers = socket.execute(request);
    return answers.stream()
        .flatMap(message -> LinkCodec.decode(message).stream())
        .findFirst()
        .orElseThrow(() -> new KernelException(request.what(), Errno.ENODEV));
  }

  /** All links, by index. */
  public List<Link> list() {
    return socket.execute(LinkRequests.list()).stream()
        .flatMap(message -> LinkCodec.decode(message).stream())
        .toList();
  }

  /**
   * Waits until an index is free again. The kernel takes links away some time after the namespace
   * of their peer is let go.
   *
   * @return whether it is gone within the limit
   */
  public boolean awaitGone(int index, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    long wait = FIRST_WAIT_MILLIS;
    while (find(index).isPresent()) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
      Thread.sleep(wait);
      wait = Math.min(wait * 2, LAST_WAIT_MILLIS);
    }
    return true;
  }
}
