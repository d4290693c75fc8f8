package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.netlink.NetlinkFlags;
import io.arbalest.linux.netlink.NetlinkRequest;
import io.arbalest.linux.netlink.NetlinkSocket;
import io.arbalest.linux.netlink.NetlinkWriter;
import io.arbalest.linux.sys.KernelException;
import java.util.List;

/** The IP addresses of one network namespace. Every verb may throw {@link KernelException}. */
public final class Addresses {
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int F_NODAD = 0x02;

  private final NetlinkSocket socket;

  Addresses(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * Adds an address. An IPv6 address is tentative until duplicate detection ends, a second or two
   * after the link has a carrier.
   *
   * @throws KernelException EEXIST if the link has it
   */
  public void add(int linkIndex, IpPrefix prefix) {
    socket.execute(add(linkIndex, prefix, 0));
  }

  /** Adds an address that is usable at once: IPv6 without duplicate detection. */
  public void addWithoutDetection(int linkIndex, IpPrefix prefix) {
    socket.execute(add(linkIndex, prefix, F_NODAD));
  }

  /** Adds an address, or does nothing if the link has it; without duplicate detection. */
  public void replace(int linkIndex, IpPrefix prefix) {
    socket.execute(replace(linkIndex, prefix, F_NODAD));
  }

  /**
   * Removes an address.
   *
   * @throws KernelException EADDRNOTAVAIL if the link does not have it
   */
  public void delete(int linkIndex, IpPrefix prefix) {
    socket.execute(remove(linkIndex, prefix));
  }

  /** All addresses of all links. */
  public List<Address> list() {
    return list(0);
  }

  /** The addresses of one link. */
  public List<Address> list(int linkIndex) {
    NetlinkWriter body = new NetlinkWriter().u8(Rtm.AF_UNSPEC).u8(0).u8(0).u8(0).u32(linkIndex);
    NetlinkRequest request = NetlinkRequest.dump("RTM_GETADDR", Rtm.GETADDR, body);
    return socket.execute(request).stream()
        .flatMap(message -> Address.decode(message).stream())
        .filter(address -> linkIndex == 0 || address.linkIndex() == linkIndex)
        .toList();
  }

  static NetlinkRequest add(int linkIndex, IpPrefix prefix, int flags) {
    int how = NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE;
    return request(Rtm.NEWADDR, how, linkIndex, header(linkIndex, prefix, flags), prefix);
  }

  static NetlinkRequest replace(int linkIndex, IpPrefix prefix, int flags) {
    int how = NetlinkFlags.CREATE | NetlinkFlags.REPLACE;
    return request(Rtm.NEWADDR, how, linkIndex, header(linkIndex, prefix, flags), prefix);
  }

  static NetlinkRequest remove(int linkIndex, IpPrefix prefix) {
    return request(Rtm.DELADDR, 0, linkIndex, header(linkIndex, prefix, 0), prefix);
  }

  private static NetlinkWriter header(int linkIndex, IpPrefix prefix, int flags) {
    int family = prefix.isIpv4() ? Rtm.AF_INET : Rtm.AF_INET6;
    // Duplicate detection is IPv6's; IPv4 gives this bit another meaning (secondary).
    int own = prefix.isIpv4() ? 0 : flags;
    return new NetlinkWriter().u8(family).u8(prefix.length()).u8(own).u8(0).u32(linkIndex);
  }

  private static NetlinkRequest request(
      int type, int flags, int linkIndex, NetlinkWriter body, IpPrefix prefix) {
    byte[] address = prefix.address().getAddress();
    body.putBytes(IFA_LOCAL, address).putBytes(IFA_ADDRESS, address);
    String verb = type == Rtm.NEWADDR ? "RTM_NEWADDR " : "RTM_DELADDR ";
    return NetlinkRequest.change(verb + linkIndex + " " + prefix, type, flags, body);
  }
}
