package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.netlink.NetlinkSocket;
import io.arbalest.linux.netns.NetworkNamespace;

/**
 * The kernel's networking of one namespace. Opened there once, usable from any thread until closed.
 */
public final class Rtnetlink implements AutoCloseable {
  private final NetlinkSocket socket;

  private Rtnetlink(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** In the calling thread's namespace. */
  public static Rtnetlink open() {
    return new Rtnetlink(NetlinkSocket.open(NetlinkSocket.ROUTE));
  }

  /** In a namespace, which may be closed afterwards. */
  public static Rtnetlink open(NetworkNamespace namespace) {
    return new Rtnetlink(NetlinkSocket.open(NetlinkSocket.ROUTE, namespace));
  }

  public Links links() {
    return new Links(socket);
  }

  public Addresses addresses() {
    return new Addresses(socket);
  }

  public Routes routes() {
    return new Routes(socket);
  }

  public Neighbours neighbours() {
    return new Neighbours(socket);
  }

  public Traffic traffic() {
    return new Traffic(socket);
  }

  @Override
  public void close() {
    socket.close();
  }
}
