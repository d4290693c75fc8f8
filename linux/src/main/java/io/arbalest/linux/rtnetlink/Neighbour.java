package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netlink.Attributes;
import io.arbalest.linux.netlink.NetlinkMessage;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An entry of the neighbour table (ARP, ND).
 *
 * @param mac empty while it is not resolved
 * @param state bits: 1 incomplete, 2 reachable, 4 stale, 8 delay, 0x10 probe, 0x20 failed, 0x40 no
 *     ARP, 0x80 permanent
 */
public record Neighbour(int linkIndex, InetAddress ip, Optional<MacAddress> mac, int state) {
  /** Never asked for again and never removed by the kernel. */
  public static final int PERMANENT = 0x80;

  /** Resolved, and confirmed not long ago. */
  public static final int REACHABLE = 0x02;

  static final int NDA_DST = 1;
  static final int NDA_LLADDR = 2;

  /** An entry that stays. */
  public static Neighbour permanent(int linkIndex, InetAddress ip, MacAddress mac) {
    return new Neighbour(linkIndex, ip, Optional.of(mac), PERMANENT);
  }

  public boolean isPermanent() {
    return (state & PERMANENT) != 0;
  }

  /** Reads RTM_NEWNEIGH and RTM_DELNEIGH of IPv4 and IPv6; total. */
  static Optional<Neighbour> decode(NetlinkMessage message) {
    boolean isNeighbour = message.type() == Rtm.NEWNEIGH || message.type() == Rtm.DELNEIGH;
    if (!isNeighbour || message.length() < Rtm.NDMSG) {
      return Optional.empty();
    }
    ByteBuffer header = message.body();
    boolean isIp = header.get(0) == Rtm.AF_INET || header.get(0) == Rtm.AF_INET6;
    Attributes attributes = message.attributes(Rtm.NDMSG);
    return Address.ip(attributes, NDA_DST)
        .filter(ip -> isIp)
        .map(
            ip ->
                new Neighbour(
                    header.getInt(4),
                    ip,
                    attributes
                        .bytes(NDA_LLADDR)
                        .filter(b -> b.length == MacAddress.LENGTH)
                        .map(MacAddress::of),
                    Short.toUnsignedInt(header.getShort(8))));
  }
}
