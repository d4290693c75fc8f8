package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.netlink.Attributes;
import io.arbalest.linux.netlink.NetlinkMessage;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A unicast route.
 *
 * @param destination its network; length 0 for a default route
 * @param gateway the next hop; empty for a network on the link itself
 * @param linkIndex the link it leaves by
 * @param metric lower is preferred; 0 means the family's default
 * @param source preferred source address
 * @param table 254 is the main table
 * @param protocol who made it: 2 kernel, 3 boot, 4 static ({@code rtnetlink(7)})
 */
public record Route(
    IpPrefix destination,
    Optional<InetAddress> gateway,
    OptionalInt linkIndex,
    long metric,
    Optional<InetAddress> source,
    long table,
    int protocol) {
  /** The main table. */
  public static final int MAIN = 254;

  static final int RTA_DST = 1;
  static final int RTA_OIF = 4;
  static final int RTA_GATEWAY = 5;
  static final int RTA_PRIORITY = 6;
  static final int RTA_PREFSRC = 7;
  static final int RTA_TABLE = 15;
  static final int UNICAST = 1;

  private static final int BOOT = 3;

  /** A network behind a gateway that is reached by a link. */
  public static Route via(IpPrefix destination, InetAddress gateway, int linkIndex) {
    return new Route(
        destination.network(),
        Optional.of(gateway),
        OptionalInt.of(linkIndex),
        0,
        Optional.empty(),
        MAIN,
        BOOT);
  }

  /** A network on a link. */
  public static Route on(IpPrefix destination, int linkIndex) {
    return new Route(
        destination.network(),
        Optional.empty(),
        OptionalInt.of(linkIndex),
        0,
        Optional.empty(),
        MAIN,
        BOOT);
  }

  public Route withMetric(long value) {
    return new Route(destination, gateway, linkIndex, value, source, table, protocol);
  }

  public boolean isDefault() {
    return destination.length() == 0;
  }

  /** Reads RTM_NEWROUTE and RTM_DELROUTE of unicast routes; total. */
  static Optional<Route> decode(NetlinkMessage message) {
    boolean isRoute = message.type() == Rtm.NEWROUTE || message.type() == Rtm.DELROUTE;
    if (!isRoute || message.length() < Rtm.RTMSG || message.body().get(7) != UNICAST) {
      return Optional.empty();
    }
    ByteBuffer header = message.body();
    Attributes attributes = message.attributes(Rtm.RTMSG);
    return destination(header, attributes).map(network -> decode(network, header, attributes));
  }

  private static Optional<IpPrefix> destination(ByteBuffer header, Attributes attributes) {
    byte[] any =
        switch (header.get(0)) {
          case Rtm.AF_INET -> new byte[4];
          case Rtm.AF_INET6 -> new byte[16];
          default -> new byte[0];
        };
    byte[] address = attributes.bytes(RTA_DST).orElse(any);
    return Address.prefix(address, Byte.toUnsignedInt(header.get(1)));
  }

  private static Route decode(IpPrefix destination, ByteBuffer header, Attributes attributes) {
    return new Route(
        destination,
        Address.ip(attributes, RTA_GATEWAY),
        attributes.s32(RTA_OIF),
        attributes.u32(RTA_PRIORITY).orElse(0),
        Address.ip(attributes, RTA_PREFSRC),
        attributes.u32(RTA_TABLE).orElse(Byte.toUnsignedLong(header.get(4))),
        Byte.toUnsignedInt(header.get(5)));
  }
}
