package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netlink.Attributes;
import io.arbalest.linux.netlink.NetlinkMessage;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads RTM_NEWLINK and RTM_DELLINK. Total: what is missing reads as empty or zero. */
final class LinkCodec {
  private static final int ARPHRD_LOOPBACK = 772;
  private static final int IFF_UP = 0x1;
  private static final int IFF_RUNNING = 0x40;
  private static final int TUN_TYPE_TAP = 2;
  private static final int MAX_VNI = 0xff_ffff;

  private LinkCodec() {}

  /** The link, or empty if the message is about something else or too short. */
  static Optional<Link> decode(NetlinkMessage message) {
    boolean isLink = message.type() == Rtm.NEWLINK || message.type() == Rtm.DELLINK;
    if (!isLink || message.length() < Rtm.IFINFOMSG) {
      return Optional.empty();
    }
    ByteBuffer header = message.body();
    Attributes attributes = message.attributes(Rtm.IFINFOMSG);
    int hardware = Short.toUnsignedInt(header.getShort(2));
    return Optional.of(
        link(header.getInt(4), header.getInt(8), kind(attributes, hardware), attributes));
  }

  private static Link link(int index, int flags, LinkKind kind, Attributes a) {
    return new Link(
        index,
        a.string(Ifla.IFNAME).orElse(""),
        a.nested(Ifla.PROP_LIST).strings(Ifla.ALT_IFNAME),
        a.string(Ifla.IFALIAS).filter(text -> !text.isEmpty()),
        kind,
        a.bytes(Ifla.ADDRESS).filter(b -> b.length == MacAddress.LENGTH).map(MacAddress::of),
        a.s32(Ifla.MTU).orElse(0),
        (flags & IFF_UP) != 0,
        (flags & IFF_RUNNING) != 0,
        a.u32(Ifla.GROUP).orElse(0),
        a.s32(Ifla.TXQLEN).orElse(0),
        a.u32(Ifla.GSO_MAX_SIZE).orElse(0),
        a.s32(Ifla.MASTER),
        a.s32(Ifla.LINK),
        a.s32(Ifla.LINK_NETNSID),
        a.bytes(Ifla.STATS64).map(LinkStatistics::decode).orElse(LinkStatistics.NONE));
  }

  private static LinkKind kind(Attributes attributes, int hardware) {
    Attributes info = attributes.nested(Ifla.LINKINFO);
    Attributes data = info.nested(Ifla.INFO_DATA);
    String name = info.string(Ifla.INFO_KIND).orElse("");
    return switch (name) {
      case "" -> hardware == ARPHRD_LOOPBACK ? new LinkKind.Loopback() : new LinkKind.Hardware();
      case "veth" -> new LinkKind.Veth();
      case "vxlan" -> vxlan(data);
      case "tun" -> tun(data);
      default -> new LinkKind.Other(name);
    };
  }

  private static LinkKind vxlan(Attributes data) {
    return new LinkKind.Vxlan(
        data.s32(Ifla.VXLAN_ID).orElse(0) & MAX_VNI,
        data.u8(Ifla.VXLAN_COLLECT_METADATA).orElse(0) != 0,
        ip(data, Ifla.VXLAN_LOCAL, Ifla.VXLAN_LOCAL6),
        ip(data, Ifla.VXLAN_GROUP, Ifla.VXLAN_GROUP6),
        data.u16Be(Ifla.VXLAN_PORT).orElse(0),
        data.u8(Ifla.VXLAN_LEARNING).orElse(0) != 0,
        data.s32(Ifla.VXLAN_LINK));
  }

  private static LinkKind tun(Attributes data) {
    return new LinkKind.Tun(
        data.u8(Ifla.TUN_TYPE).orElse(0) == TUN_TYPE_TAP,
        data.u8(Ifla.TUN_VNET_HDR).orElse(0) != 0,
        data.u8(Ifla.TUN_PERSIST).orElse(0) != 0,
        data.u8(Ifla.TUN_MULTI_QUEUE).orElse(0) != 0);
  }

  private static Optional<InetAddress> ip(Attributes data, int type4, int type6) {
    return data.bytes(type4)
        .filter(b -> b.length == 4)
        .or(() -> data.bytes(type6).filter(b -> b.length == 16))
        .map(IpLiteral::ofBytes);
  }
}
