package io.arbalest.linux.rtnetlink;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.netlink.NetlinkFlags;
import io.arbalest.linux.netlink.NetlinkRequest;
import io.arbalest.linux.netlink.NetlinkSocket;
import io.arbalest.linux.netlink.NetlinkWriter;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.IntStream;

/** The unicast routes of one network namespace. Every verb may throw {@link KernelException}. */
public final class Routes {
  private static final int SCOPE_UNIVERSE = 0;
  private static final int SCOPE_LINK = 253;
  private static final int TABLE_IN_ATTRIBUTE = 0;
  private static final int MAX_HEADER_TABLE = 255;

  private final NetlinkSocket socket;

  Routes(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * Adds a route.
   *
   * @throws KernelException EEXIST if there is one to its network with its metric
   */
  public void add(Route route) {
    socket.execute(add(route, NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE));
  }

  /** Adds a route in place of the one to its network with its metric, if any. */
  public void replace(Route route) {
    socket.execute(add(route, NetlinkFlags.CREATE | NetlinkFlags.REPLACE));
  }

  /**
   * Removes a route.
   *
   * @throws KernelException ESRCH if there is none such
   */
  public void delete(Route route) {
    socket.execute(remove(route));
  }

  /** The unicast routes of the main table, IPv4 before IPv6. */
  public List<Route> list() {
    return IntStream.of(Rtm.AF_INET, Rtm.AF_INET6)
        .mapToObj(Routes::dump)
        .flatMap(request -> socket.execute(request).stream())
        .flatMap(message -> Route.decode(message).stream())
        .filter(route -> route.table() == Route.MAIN)
        .toList();
  }

  /**
   * The way that the kernel would take to an address now, rules and learned path MTUs included.
   *
   * @throws KernelException ENETUNREACH or EHOSTUNREACH if there is none; EACCES or EINVAL if a
   *     route forbids it
   */
  public NextHop to(InetAddress destination) {
    NetlinkRequest request = way(destination);
    return socket.execute(request).stream()
        .flatMap(message -> NextHop.decode(message).stream())
        .findFirst()
        .orElseThrow(() -> new KernelException(request.what(), Errno.ENETUNREACH));
  }

  static NetlinkRequest way(InetAddress destination) {
    IpPrefix host = IpPrefix.host(destination);
    int family = host.isIpv4() ? Rtm.AF_INET : Rtm.AF_INET6;
    NetlinkWriter body = new NetlinkWriter().u8(family).u8(host.length()).u16(0).u32(0).u32(0);
    body.putBytes(Route.RTA_DST, host.address().getAddress());
    return NetlinkRequest.get(
        "RTM_GETROUTE to " + IpLiteral.format(destination), Rtm.GETROUTE, body);
  }

  private static NetlinkRequest dump(int family) {
    NetlinkWriter body = new NetlinkWriter().u8(family).u8(0).u16(0).u32(0).u32(0);
    return NetlinkRequest.dump("RTM_GETROUTE", Rtm.GETROUTE, body);
  }

  static NetlinkRequest add(Route route, int flags) {
    boolean onLink = route.gateway().isEmpty() && route.destination().isIpv4();
    NetlinkWriter body = header(route, route.protocol(), onLink ? SCOPE_LINK : SCOPE_UNIVERSE);
    body.u8(Route.UNICAST).u32(0);
    attributes(body, route);
    String what = "RTM_NEWROUTE " + route.destination();
    return NetlinkRequest.change(what, Rtm.NEWROUTE, flags, body);
  }

  static NetlinkRequest remove(Route route) {
    // No protocol, no type: what is left out matches any.
    NetlinkWriter body = header(route, 0, route.destination().isIpv4() ? 255 : 0).u8(0).u32(0);
    attributes(body, route);
    return NetlinkRequest.change("RTM_DELROUTE " + route.destination(), Rtm.DELROUTE, 0, body);
  }

  private static NetlinkWriter header(Route route, int protocol, int scope) {
    IpPrefix to = route.destination();
    boolean large = route.table() > MAX_HEADER_TABLE;
    int table = large ? TABLE_IN_ATTRIBUTE : (int) route.table();
    return new NetlinkWriter()
        .u8(to.isIpv4() ? Rtm.AF_INET : Rtm.AF_INET6)
        .u8(to.length())
        .u16(0)
        .u8(table)
        .u8(protocol)
        .u8(scope);
  }

  private static void attributes(NetlinkWriter body, Route route) {
    if (!route.isDefault()) {
      body.putBytes(Route.RTA_DST, route.destination().address().getAddress());
    }
    route.gateway().ifPresent(ip -> body.putBytes(Route.RTA_GATEWAY, ip.getAddress()));
    if (route.metric() != 0) {
      body.putU32(Route.RTA_PRIORITY, (int) route.metric());
    }
    route.source().ifPresent(ip -> body.putBytes(Route.RTA_PREFSRC, ip.getAddress()));
    route.linkIndex().ifPresent(index -> body.putU32(Route.RTA_OIF, index));
    if (route.table() > MAX_HEADER_TABLE) {
      body.putU32(Route.RTA_TABLE, (int) route.table());
    }
  }
}
