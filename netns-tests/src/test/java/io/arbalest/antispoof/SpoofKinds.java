package io.arbalest.antispoof;

import static io.arbalest.antispoof.Frames.ARP;
import static io.arbalest.antispoof.Frames.ICMP6;
import static io.arbalest.antispoof.Frames.IPV4;
import static io.arbalest.antispoof.Frames.IPV6;
import static io.arbalest.antispoof.Frames.LINK_LOCAL;
import static io.arbalest.antispoof.Frames.MAC;
import static io.arbalest.antispoof.Frames.OTHER_MAC;
import static io.arbalest.antispoof.Frames.UDP;
import static io.arbalest.antispoof.Frames.advertisement;
import static io.arbalest.antispoof.Frames.arp;
import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.ethernet;
import static io.arbalest.antispoof.Frames.icmp6;
import static io.arbalest.antispoof.Frames.ipv4;
import static io.arbalest.antispoof.Frames.ipv6;
import static io.arbalest.antispoof.Frames.join;
import static io.arbalest.antispoof.Frames.own;
import static io.arbalest.antispoof.Frames.slla;
import static io.arbalest.antispoof.Frames.tlla;
import static io.arbalest.antispoof.Frames.u16;
import static io.arbalest.antispoof.Frames.udp;

import io.arbalest.linux.net.MacAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames of every kind of lie, from a VNIC with {@link Frames#MAC} to one with {@link
 * Frames#OTHER_MAC}, all with a source or sender that is nobody's.
 */
final class SpoofKinds {
  private static final MacAddress FOREIGN_MAC = MacAddress.parse("2:8:20:ff:ff:1");
  private static final String FOREIGN_IPV4 = "10.66.66.66";
  private static final String FOREIGN_IPV6 = "fd66::66";
  private static final String ALL_NODES = "ff02::1";
  private static final String PEER = "10.0.0.9";

  private SpoofKinds() {}

  /** What an honest zone sends from an address. */
  static byte[] honest(MacAddress mac, String source) {
    return ethernet(mac, IPV4, packet(source));
  }

  private static byte[] packet(String source) {
    return ipv4(source, PEER, UDP, udp(4000, 4001, new byte[18]));
  }

  /** Those that a switch would carry. */
  static List<byte[]> untagged() {
    byte[] lie = packet(FOREIGN_IPV4);
    return List.of(
        ethernet(FOREIGN_MAC, IPV4, packet("10.0.0.5")),
        own(IPV4, lie),
        toAll(own(IPV4, lie)),
        own(ARP, arp(2, MAC, FOREIGN_IPV4, PEER)),
        toAll(own(ARP, arp(1, MAC, FOREIGN_IPV4, FOREIGN_IPV4))),
        own(ARP, arp(2, FOREIGN_MAC, "10.0.0.5", PEER)),
        own(IPV6, ipv6(FOREIGN_IPV6, "fd00::9", UDP, udp(4000, 4001, new byte[8]))),
        own(IPV6, ipv6(LINK_LOCAL, ALL_NODES, ICMP6, advertisement(FOREIGN_IPV6, tlla(MAC)))),
        own(IPV6, ipv6(LINK_LOCAL, ALL_NODES, ICMP6, icmp6(134, new byte[12], slla(MAC)))),
        own(60, bytes(0xaa, 0xaa, 3, 0, 0, 0), u16(IPV4), lie),
        own(0x88b5, lie));
  }

  /** The same lies behind tags, too. */
  static List<byte[]> all() {
    byte[] lie = packet(FOREIGN_IPV4);
    byte[] claim = arp(2, MAC, FOREIGN_IPV4, PEER);
    List<byte[]> all = new ArrayList<>(untagged());
    all.add(own(0x8100, u16(0, ARP), claim));
    all.add(own(0x8100, u16(0, 0x8100, 0, ARP), claim));
    all.add(own(0x88a8, u16(0, IPV4), lie));
    all.add(own(0x88a8, u16(7, 0x8100, 8, IPV4), lie));
    return all;
  }

  /** As a broadcast. */
  private static byte[] toAll(byte[] frame) {
    return join(
        MacAddress.BROADCAST.toBytes(),
        Arrays.copyOfRange(frame, OTHER_MAC.toBytes().length, frame.length));
  }
}
