package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netlink.Attributes;
import io.arbalest.linux.netlink.NetlinkFlags;
import io.arbalest.linux.netlink.NetlinkRequest;
import io.arbalest.linux.netlink.NetlinkWriter;
import java.net.Inet4Address;
import java.net.InetAddress;

/** Writes the requests about links. */
final class LinkRequests {
  private static final int IFF_UP = 0x1;
  private static final int IFF_NOARP = 0x80;
  private static final int NEW = NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE;
  private static final int MAX_NAME = 15;

  private LinkRequests() {}

  static NetlinkRequest createVeth(VethPair pair) {
    NetlinkWriter body = header(0, 0, 0);
    settings(body, pair.near());
    body.nest(
        Ifla.LINKINFO,
        info ->
            info.putText(Ifla.INFO_KIND, "veth")
                .nest(
                    Ifla.INFO_DATA,
                    data -> data.nest(Ifla.VETH_INFO_PEER, peer -> peer(peer, pair.peer()))));
    return NetlinkRequest.change("RTM_NEWLINK " + pair.near().name(), Rtm.NEWLINK, NEW, body);
  }

  private static void peer(NetlinkWriter out, NewLink end) {
    settings(header(out, 0, 0, 0), end);
  }

  static NetlinkRequest createVxlan(NewLink link, LinkKind.Vxlan vxlan) {
    NetlinkWriter body = header(0, 0, 0);
    settings(body, link);
    body.nest(
        Ifla.LINKINFO,
        info ->
            info.putText(Ifla.INFO_KIND, vxlan.name())
                .nest(Ifla.INFO_DATA, data -> vxlan(data, vxlan)));
    return NetlinkRequest.change("RTM_NEWLINK " + link.name(), Rtm.NEWLINK, NEW, body);
  }

  static NetlinkRequest createBridge(NewLink link) {
    NetlinkWriter body = header(0, 0, 0);
    settings(body, link);
    body.nest(Ifla.LINKINFO, info -> info.putText(Ifla.INFO_KIND, "bridge"));
    return NetlinkRequest.change("RTM_NEWLINK " + link.name(), Rtm.NEWLINK, NEW, body);
  }

  private static void vxlan(NetlinkWriter out, LinkKind.Vxlan vxlan) {
    if (vxlan.external()) {
      out.putU8(Ifla.VXLAN_COLLECT_METADATA, 1);
    } else {
      out.putU32(Ifla.VXLAN_ID, vxlan.vni());
    }
    vxlan.local().ifPresent(ip -> putIp(out, ip, Ifla.VXLAN_LOCAL, Ifla.VXLAN_LOCAL6));
    vxlan.remote().ifPresent(ip -> putIp(out, ip, Ifla.VXLAN_GROUP, Ifla.VXLAN_GROUP6));
    vxlan.lower().ifPresent(index -> out.putU32(Ifla.VXLAN_LINK, index));
    out.putU8(Ifla.VXLAN_LEARNING, vxlan.learning() ? 1 : 0);
    out.putU16Be(Ifla.VXLAN_PORT, vxlan.port());
  }

  private static void putIp(NetlinkWriter out, InetAddress ip, int type4, int type6) {
    out.putBytes(ip instanceof Inet4Address ? type4 : type6, ip.getAddress());
  }

  private static void settings(NetlinkWriter out, NewLink link) {
    link.mac().ifPresent(mac -> out.putBytes(Ifla.ADDRESS, mac.toBytes()));
    link.mtu().ifPresent(mtu -> out.putU32(Ifla.MTU, mtu));
    link.group().ifPresent(group -> out.putU32(Ifla.GROUP, group));
    link.txQueueLength().ifPresent(length -> out.putU32(Ifla.TXQLEN, length));
    link.maxAggregate().ifPresent(size -> aggregates(out, size));
    link.namespace().ifPresent(ns -> out.putU32(Ifla.NET_NS_FD, ns.fd().number()));
    out.putString(Ifla.IFNAME, link.name());
  }

  /** The sizes for IPv4 are attributes of their own since Linux 6.3; older kernels skip them. */
  private static void aggregates(NetlinkWriter out, int size) {
    out.putU32(Ifla.GSO_MAX_SIZE, size)
        .putU32(Ifla.GRO_MAX_SIZE, size)
        .putU32(Ifla.GSO_IPV4_MAX_SIZE, size)
        .putU32(Ifla.GRO_IPV4_MAX_SIZE, size);
  }

  static NetlinkRequest setUp(int index, boolean up) {
    return set(index, up ? "up" : "down", header(index, up ? IFF_UP : 0, IFF_UP));
  }

  static NetlinkRequest setMtu(int index, int mtu) {
    return set(index, "mtu " + mtu, header(index, 0, 0).putU32(Ifla.MTU, mtu));
  }

  static NetlinkRequest setAddress(int index, MacAddress mac) {
    return set(index, "address", header(index, 0, 0).putBytes(Ifla.ADDRESS, mac.toBytes()));
  }

  static NetlinkRequest setAlias(int index, String alias) {
    return set(index, "alias", header(index, 0, 0).putText(Ifla.IFALIAS, alias));
  }

  static NetlinkRequest setGroup(int index, int group) {
    return set(index, "group " + group, header(index, 0, 0).putU32(Ifla.GROUP, group));
  }

  static NetlinkRequest disableAddressGeneration(int index) {
    NetlinkWriter body =
        header(index, 0, 0)
            .nest(
                Ifla.AF_SPEC,
                families ->
                    families.nest(
                        Ifla.AF_INET6,
                        inet6 -> inet6.putU8(Ifla.INET6_ADDR_GEN_MODE, Ifla.ADDR_GEN_NONE)));
    return set(index, "addrgenmode none", body);
  }

  /**
   * One message, so that a link is never half shut. The reverse path filter drops every IPv4 source
   * that no route of this link leads to, and there is none.
   */
  static NetlinkRequest shutToStack(int index) {
    NetlinkWriter body =
        header(index, IFF_NOARP, IFF_NOARP)
            .nest(
                Ifla.AF_SPEC,
                families ->
                    families
                        .nest(Ifla.AF_INET, LinkRequests::shutInet)
                        .nest(
                            Ifla.AF_INET6,
                            inet6 -> inet6.putU8(Ifla.INET6_ADDR_GEN_MODE, Ifla.ADDR_GEN_NONE)));
    return set(index, "shut to the stack", body);
  }

  private static void shutInet(NetlinkWriter inet) {
    inet.nest(
        Ifla.INET_CONF,
        settings ->
            settings
                .putU32(Ifla.INET_FORWARDING, 0)
                .putU32(Ifla.INET_PROXY_ARP, 0)
                .putU32(Ifla.INET_ACCEPT_REDIRECTS, 0)
                .putU32(Ifla.INET_RP_FILTER, Ifla.RP_FILTER_STRICT)
                .putU32(Ifla.INET_ARP_IGNORE, Ifla.ARP_IGNORE_ALL)
                .putU32(Ifla.INET_DROP_UNICAST_IN_MULTICAST, 1));
  }

  static NetlinkRequest rename(int index, String name) {
    return set(index, "name " + name, header(index, 0, 0).putString(Ifla.IFNAME, name));
  }

  static NetlinkRequest setMaxAggregate(int index, int size) {
    NetlinkWriter body = header(index, 0, 0);
    aggregates(body, size);
    return set(index, "aggregates " + size, body);
  }

  static NetlinkRequest setTxQueueLength(int index, int packets) {
    NetlinkWriter body = header(index, 0, 0).putU32(Ifla.TXQLEN, packets);
    return set(index, "txqueuelen " + packets, body);
  }

  static NetlinkRequest move(int index, int namespaceFd) {
    return set(index, "netns", header(index, 0, 0).putU32(Ifla.NET_NS_FD, namespaceFd));
  }

  static NetlinkRequest setMaster(int index, int bridge) {
    return set(index, "master " + bridge, header(index, 0, 0).putU32(Ifla.MASTER, bridge));
  }

  private static NetlinkRequest set(int index, String what, NetlinkWriter body) {
    return NetlinkRequest.change("RTM_NEWLINK " + index + " " + what, Rtm.NEWLINK, 0, body);
  }

  static NetlinkRequest addAltName(int index, String name) {
    int flags = NEW | NetlinkFlags.APPEND;
    return NetlinkRequest.change(
        "RTM_NEWLINKPROP " + index + " " + name, Rtm.NEWLINKPROP, flags, altName(index, name));
  }

  static NetlinkRequest removeAltName(int index, String name) {
    return NetlinkRequest.change(
        "RTM_DELLINKPROP " + index + " " + name, Rtm.DELLINKPROP, 0, altName(index, name));
  }

  private static NetlinkWriter altName(int index, String name) {
    return header(index, 0, 0)
        .nest(Ifla.PROP_LIST | Attributes.NESTED, list -> list.putString(Ifla.ALT_IFNAME, name));
  }

  static NetlinkRequest delete(int index) {
    return NetlinkRequest.change("RTM_DELLINK " + index, Rtm.DELLINK, 0, header(index, 0, 0));
  }

  static NetlinkRequest deleteGroup(int group) {
    NetlinkWriter body = header(0, 0, 0).putU32(Ifla.GROUP, group);
    return NetlinkRequest.change("RTM_DELLINK group " + group, Rtm.DELLINK, 0, body);
  }

  static NetlinkRequest get(int index) {
    return NetlinkRequest.get("RTM_GETLINK " + index, Rtm.GETLINK, header(index, 0, 0));
  }

  static NetlinkRequest get(String name) {
    int type = name.length() > MAX_NAME ? Ifla.ALT_IFNAME : Ifla.IFNAME;
    NetlinkWriter body = header(0, 0, 0).putString(type, name);
    return NetlinkRequest.get("RTM_GETLINK " + name, Rtm.GETLINK, body);
  }

  static NetlinkRequest list() {
    return NetlinkRequest.dump("RTM_GETLINK", Rtm.GETLINK, header(0, 0, 0));
  }

  private static NetlinkWriter header(int index, int flags, int change) {
    return header(new NetlinkWriter(), index, flags, change);
  }

  private static NetlinkWriter header(NetlinkWriter out, int index, int flags, int change) {
    return out.u8(Rtm.AF_UNSPEC).u8(0).u16(0).u32(index).u32(flags).u32(change);
  }
}
