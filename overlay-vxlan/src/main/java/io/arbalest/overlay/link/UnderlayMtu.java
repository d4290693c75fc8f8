package io.arbalest.overlay.link;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.rtnetlink.Address;
import io.arbalest.linux.rtnetlink.NextHop;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.overlay.Vtep;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkStatus;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Asks the kernel how long a packet the underlay carries. */
final class UnderlayMtu {
  private UnderlayMtu() {}

  /**
   * The smallest MTU of the link that has the local address and of the ways to the peers. A peer
   * that there is no way to does not count: it may come later.
   *
   * @throws LinkException if no link has the local address
   */
  static int of(Rtnetlink kernel, InetAddress local, Collection<Vtep> peers) {
    Map<Integer, Integer> linkMtus = new HashMap<>();
    kernel.links().list().forEach(link -> linkMtus.put(link.index(), link.mtu()));
    int mtu = mtuOf(linkMtus, owner(kernel, local));
    for (InetAddress peer : peers.stream().map(Vtep::ip).distinct().toList()) {
      mtu = Math.min(mtu, mtuTo(kernel, linkMtus, peer));
    }
    return mtu;
  }

  private static int owner(Rtnetlink kernel, InetAddress local) {
    return kernel.addresses().list().stream()
        .filter(address -> address.prefix().address().equals(local))
        .mapToInt(Address::linkIndex)
        .findFirst()
        .orElseThrow(
            () ->
                new LinkException(
                    LinkStatus.INVALID_IP_ADDRESS,
                    "vxlan/listen_ip "
                        + IpLiteral.format(local)
                        + ", an address of a link of this host is allowed"));
  }

  private static int mtuTo(Rtnetlink kernel, Map<Integer, Integer> linkMtus, InetAddress peer) {
    try {
      NextHop way = kernel.routes().to(peer);
      OptionalInt ofRoute = way.mtu();
      return Math.min(ofRoute.orElse(Integer.MAX_VALUE), mtuOf(linkMtus, way.linkIndex()));
    } catch (KernelException e) {
      if (e.errno() == Errno.ENETUNREACH || e.errno() == Errno.EHOSTUNREACH) {
        return Integer.MAX_VALUE;
      }
      throw e;
    }
  }

  private static int mtuOf(Map<Integer, Integer> linkMtus, int index) {
    return linkMtus.getOrDefault(index, Integer.MAX_VALUE);
  }
}
