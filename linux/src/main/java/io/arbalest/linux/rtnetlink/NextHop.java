package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.netlink.Attributes;
import io.arbalest.linux.netlink.NetlinkMessage;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The first step of the way to an address.
 *
 * @param linkIndex the link it leaves by; {@code lo} for an address of this host
 * @param gateway the router; empty for a neighbour
 * @param mtu of the route in bytes, configured or learned; empty if the link's holds
 */
public record NextHop(int linkIndex, Optional<InetAddress> gateway, OptionalInt mtu) {
  private static final int RTA_METRICS = 8;
  private static final int RTAX_MTU = 2;

  /** Reads the answer to RTM_GETROUTE; total. */
  static Optional<NextHop> decode(NetlinkMessage message) {
    if (message.type() != Rtm.NEWROUTE || message.length() < Rtm.RTMSG) {
      return Optional.empty();
    }
    Attributes attributes = message.attributes(Rtm.RTMSG);
    OptionalInt link = attributes.s32(Route.RTA_OIF);
    if (link.isEmpty()) {
      return Optional.empty();
    }
    OptionalInt mtu = attributes.nested(RTA_METRICS).s32(RTAX_MTU);
    return Optional.of(
        new NextHop(link.getAsInt(), Address.ip(attributes, Route.RTA_GATEWAY), positive(mtu)));
  }

  private static OptionalInt positive(OptionalInt value) {
    return value.orElse(0) > 0 ? value : OptionalInt.empty();
  }
}
