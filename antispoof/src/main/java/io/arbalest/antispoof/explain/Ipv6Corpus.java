package io.arbalest.antispoof.explain;

import static io.arbalest.antispoof.explain.FrameBytes.IPV6;
import static io.arbalest.antispoof.explain.FrameBytes.echo;
import static io.arbalest.antispoof.explain.FrameBytes.ethernet;
import static io.arbalest.antispoof.explain.FrameBytes.ip;
import static io.arbalest.antispoof.explain.FrameBytes.join;
import static io.arbalest.antispoof.explain.FrameBytes.u16;
import static io.arbalest.antispoof.explain.FrameBytes.u8;
import static io.arbalest.antispoof.explain.FrameBytes.udp;

import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.MacAddress;
import java.net.InetAddress;

/** The part of a {@link Corpus} that is IPv6. */
final class Ipv6Corpus {
  private static final int ICMPV6 = 58;
  private static final int HOP_LIMIT = 7;
  private static final InetAddress NOBODY = IpLiteral.parse("::");
  private static final InetAddress LOOPBACK = IpLiteral.parse("::1");
  private static final InetAddress NODES = IpLiteral.parse("ff02::1");
  private static final InetAddress ROUTERS = IpLiteral.parse("ff02::2");
  private static final InetAddress MLD = IpLiteral.parse("ff02::16");
  private static final InetAddress SERVERS = IpLiteral.parse("ff02::1:2");
  private static final InetAddress PEER = IpLiteral.parse("fe80::1");

  private final Station station;
  private final Corpus.Sink sink;

  Ipv6Corpus(Station station, Corpus.Sink sink) {
    this.station = station;
    this.sink = sink;
  }

  /** A VNIC without an address may use its link-local one as soon as it has some way to IPv6. */
  void trials() {
    boolean silent = station.policy().has(PolicyFlag.ADDRESSLESS);
    honest(!silent);
    hostile();
    messages(!silent);
    station
        .ipv6()
        .ifPresent(
            own -> {
              add("ipv6-udp", true, packet(own, PEER, 17, udp(40_000, 53)));
              add("nd-advertise-own", true, nd(own, PEER, advertise(own, station.mac())));
              add("nd-resolve", true, nd(own, solicited(PEER), solicit(PEER, station.mac())));
            });
  }

  private void honest(boolean passes) {
    InetAddress local = station.linkLocal();
    add("ipv6-link-local", passes, packet(local, PEER, ICMPV6, echo(128)));
    add("nd-dad", passes, nd(NOBODY, solicited(local), solicit(local)));
    add("nd-router-solicitation", passes, nd(local, ROUTERS, routerSolicitation()));
    add("nd-advertise-local", passes, nd(local, PEER, advertise(local, station.mac())));
    byte[] report = ip(NOBODY, MLD, 0, u8(ICMPV6, 0, 5, 2, 0, 0, 1, 0), report());
    report[HOP_LIMIT] = 1;
    add("mld-report", passes, frame(report));
  }

  private void hostile() {
    InetAddress local = station.linkLocal();
    add("ipv6-loopback", false, packet(LOOPBACK, PEER, 17, udp(1, 2)));
    add("ipv6-from-group", false, packet(NODES, PEER, 17, udp(1, 2)));
    add("ipv6-from-nobody", false, packet(NOBODY, PEER, 17, udp(1, 2)));
    station
        .foreignIpv6()
        .ifPresent(
            foreign -> {
              add("ipv6-foreign", false, packet(foreign, PEER, 17, udp(1, 2)));
              add(
                  "nd-advertise-foreign",
                  false,
                  nd(local, NODES, advertise(foreign, station.mac())));
            });
    byte[] claim = advertise(local, Station.NEIGHBOUR);
    add("nd-foreign-mac", false, nd(local, NODES, claim));
    byte[] good = advertise(local, station.mac());
    byte[] low = ip(local, NODES, ICMPV6, good);
    low[HOP_LIMIT] = 64;
    add("nd-hop-limit", false, frame(low));
    add("nd-behind-header", false, packet(local, NODES, 0, u8(ICMPV6, 0, 1, 4, 0, 0, 0, 0), good));
    add("nd-in-fragment", false, packet(local, NODES, 44, u8(ICMPV6, 0, 0, 1, 7, 7, 7, 7), good));
    add("nd-option-of-0", false, nd(local, NODES, join(good, new byte[8])));
  }

  private void messages(boolean speaks) {
    InetAddress local = station.linkLocal();
    boolean router = speaks && station.policy().has(PolicyFlag.GRANT_ROUTER);
    boolean server = speaks && station.policy().has(PolicyFlag.GRANT_DHCP_SERVER);
    boolean client = station.policy().has(PolicyFlag.METHOD_DHCPV6);
    add("nd-router-advertisement", router, nd(local, NODES, advertisement(station.mac())));
    add("nd-redirect", router, nd(local, PEER, redirect()));
    add("dhcpv6-advertise", server, packet(local, PEER, 17, udp(547, 546, message(2))));
    add("dhcpv6-solicit", client, packet(local, SERVERS, 17, udp(546, 547, message(1))));
  }

  private void add(String kind, boolean passes, byte[] frame) {
    sink.add(kind, passes, frame);
  }

  private byte[] nd(InetAddress from, InetAddress to, byte[] message) {
    return packet(from, to, ICMPV6, message);
  }

  private byte[] packet(InetAddress from, InetAddress to, int next, byte[]... body) {
    return frame(ip(from, to, next, body));
  }

  private byte[] frame(byte[] packet) {
    return ethernet(Station.NEIGHBOUR, station.mac(), IPV6, packet);
  }

  private byte[] routerSolicitation() {
    return join(u8(133, 0, 0, 0, 0, 0, 0, 0), u8(1, 1), station.mac().toBytes());
  }

  private static byte[] solicit(InetAddress target) {
    return join(u8(135, 0, 0, 0, 0, 0, 0, 0), target.getAddress());
  }

  private static byte[] solicit(InetAddress target, MacAddress source) {
    return join(solicit(target), u8(1, 1), source.toBytes());
  }

  private static byte[] advertise(InetAddress target, MacAddress mac) {
    return join(u8(136, 0, 0, 0, 0x20, 0, 0, 0), target.getAddress(), u8(2, 1), mac.toBytes());
  }

  private static byte[] advertisement(MacAddress mac) {
    return join(u8(134, 0, 0, 0, 64, 0), u16(1800), new byte[8], u8(1, 1), mac.toBytes());
  }

  private static byte[] redirect() {
    return join(u8(137, 0, 0, 0, 0, 0, 0, 0), PEER.getAddress(), PEER.getAddress());
  }

  /** An MLDv2 report that joins one group. */
  private static byte[] report() {
    return join(u8(143, 0, 0, 0), u16(0, 1), u8(4, 0), u16(0), NODES.getAddress());
  }

  /** With the client's own DUID of its link-layer address. */
  private byte[] message(int type) {
    return join(u8(type, 7, 7, 7), u16(1, 10, 3, 1), station.mac().toBytes());
  }

  /** The solicited-node group of an address (RFC 4291, section 2.7.1). */
  private static InetAddress solicited(InetAddress target) {
    byte[] octets = target.getAddress();
    byte[] group = IpLiteral.parse("ff02::1:ff00:0").getAddress();
    System.arraycopy(octets, 13, group, 13, 3);
    return IpLiteral.ofBytes(group);
  }

  /** A router advertisement on its way to a zone. */
  static byte[] rogueAdvertisement() {
    return ethernet(
        FrameBytes.group(NODES).orElseThrow(),
        Station.NEIGHBOUR,
        IPV6,
        ip(PEER, NODES, ICMPV6, advertisement(Station.NEIGHBOUR)));
  }
}
