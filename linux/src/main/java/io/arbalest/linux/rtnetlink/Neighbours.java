package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.netlink.NetlinkFlags;
import io.arbalest.linux.netlink.NetlinkRequest;
import io.arbalest.linux.netlink.NetlinkSocket;
import io.arbalest.linux.netlink.NetlinkWriter;
import io.arbalest.linux.sys.KernelException;
import java.net.Inet4Address;
import java.util.List;

/** The neighbour tables of one namespace. Every verb may throw {@link KernelException}. */
public final class Neighbours {
  private final NetlinkSocket socket;

  Neighbours(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * Adds an entry.
   *
   * @throws KernelException EEXIST if the link has one for its address
   */
  public void add(Neighbour neighbour) {
    socket.execute(add(neighbour, NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE));
  }

  /** Adds an entry in place of the one for its address, if any. */
  public void replace(Neighbour neighbour) {
    socket.execute(add(neighbour, NetlinkFlags.CREATE | NetlinkFlags.REPLACE));
  }

  /**
   * Removes the entry for an address.
   *
   * @throws KernelException ENOENT if there is none
   */
  public void delete(Neighbour neighbour) {
    socket.execute(remove(neighbour));
  }

  /** All entries of a link. */
  public List<Neighbour> list(int linkIndex) {
    NetlinkWriter body = new NetlinkWriter().u8(Rtm.AF_UNSPEC).u8(0).u16(0).u32(0).u32(0);
    NetlinkRequest request = NetlinkRequest.dump("RTM_GETNEIGH", Rtm.GETNEIGH, body);
    return socket.execute(request).stream()
        .flatMap(message -> Neighbour.decode(message).stream())
        .filter(neighbour -> neighbour.linkIndex() == linkIndex)
        .toList();
  }

  static NetlinkRequest add(Neighbour neighbour, int flags) {
    NetlinkWriter body = body(neighbour);
    neighbour.mac().ifPresent(mac -> body.putBytes(Neighbour.NDA_LLADDR, mac.toBytes()));
    return NetlinkRequest.change(
        "RTM_NEWNEIGH " + IpLiteral.format(neighbour.ip()), Rtm.NEWNEIGH, flags, body);
  }

  static NetlinkRequest remove(Neighbour neighbour) {
    return NetlinkRequest.change(
        "RTM_DELNEIGH " + IpLiteral.format(neighbour.ip()), Rtm.DELNEIGH, 0, body(neighbour));
  }

  private static NetlinkWriter body(Neighbour neighbour) {
    boolean v4 = neighbour.ip() instanceof Inet4Address;
    return new NetlinkWriter()
        .u8(v4 ? Rtm.AF_INET : Rtm.AF_INET6)
        .u8(0)
        .u16(0)
        .u32(neighbour.linkIndex())
        .u16(neighbour.state())
        .u16(0)
        .putBytes(Neighbour.NDA_DST, neighbour.ip().getAddress());
  }
}
