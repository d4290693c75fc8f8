package io.arbalest.vnic;

import io.arbalest.linux.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A unicast frame of each protocol that a switch tells apart, and of those next to them. */
final class Protocols {
  private static final int ETHERNET = 14;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMPV6 = 58;
  private static final int DONT_FRAGMENT = 0x4000;
  private static final int MORE_FRAGMENTS = 0x2000;

  private final MacAddress to;
  private final MacAddress from;

  Protocols(MacAddress to, MacAddress from) {
    this.to = to;
    this.from = from;
  }

  /** Those by which a zone may be given addresses or routes, or that hide what they are. */
  Map<String, byte[]> control() {
    Map<String, byte[]> frames = new LinkedHashMap<>();
    frames.put("DHCP to a client", ipv4(UDP, 0x45, 0, 68));
    frames.put("first fragment of UDP", ipv4(UDP, 0x45, MORE_FRAGMENTS, 53));
    frames.put("later fragment of UDP", ipv4(UDP, 0x45, 185, 53));
    frames.put("UDP behind IP options", ipv4(UDP, 0x46, 0, 53));
    frames.put("DHCPv6 to a client", ipv6(UDP, 546));
    frames.put("router advertisement", ipv6(ICMPV6, 134 << 8, 0));
    frames.put("redirect", ipv6(ICMPV6, 137 << 8, 0));
    frames.put("hop-by-hop options", ipv6(0, 0));
    frames.put("fragment header", ipv6(44, 0));
    frames.put("routing header", ipv6(43, 0));
    frames.put("nothing behind IPv6", ipv6(59, 0));
    frames.put("IPv6 cut short", cut(ipv6(TCP, 80), ETHERNET + 40));
    frames.put("IPv4 cut short", cut(ipv4(UDP, 0x45, 0, 53), ETHERNET + 24));
    return frames;
  }

  /** All others. */
  Map<String, byte[]> other() {
    Map<String, byte[]> frames = new LinkedHashMap<>();
    frames.put("TCP", ipv4(TCP, 0x45, DONT_FRAGMENT, 68));
    frames.put("TCP behind IP options", ipv4(TCP, 0x46, 0, 68));
    frames.put("fragment of TCP", ipv4(TCP, 0x45, MORE_FRAGMENTS, 68));
    frames.put("ping", ipv4(1, 0x45, 0, 0));
    frames.put("UDP", ipv4(UDP, 0x45, DONT_FRAGMENT, 53));
    frames.put("DHCP to a server", ipv4(UDP, 0x45, 0, 67));
    frames.put("port 68 in the other order", ipv4(UDP, 0x45, 0, 68 << 8));
    frames.put("TCP over IPv6", ipv6(TCP, 546));
    frames.put("UDP over IPv6", ipv6(UDP, 53));
    frames.put("DHCPv6 to a server", ipv6(UDP, 547));
    frames.put("neighbour advertisement", ipv6(ICMPV6, 136 << 8, 0));
    frames.put("ping over IPv6", ipv6(ICMPV6, 128 << 8, 0));
    frames.put("ARP", ethernet(0x0806));
    frames.put("an experiment", ethernet(TapEnd.EXPERIMENT));
    return frames;
  }

  private byte[] ethernet(int type) {
    byte[] bytes = new byte[80];
    ByteBuffer.wrap(bytes).put(to.toBytes()).put(from.toBytes()).putShort((short) type);
    return bytes;
  }

  private byte[] ipv4(int protocol, int version, int fragment, int port) {
    byte[] bytes = ethernet(IPV4);
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    frame.put(ETHERNET, (byte) version).put(ETHERNET + 8, (byte) 64);
    frame.putShort(ETHERNET + 2, (short) 66).putShort(ETHERNET + 6, (short) fragment);
    frame.put(ETHERNET + 9, (byte) protocol);
    int header = (version & 15) * 4;
    frame.putShort(ETHERNET + header + 2, (short) port);
    return bytes;
  }

  private byte[] ipv6(int next, int second) {
    return ipv6(next, 0, second);
  }

  /**
   * @param first the first two octets behind the header
   * @param second the next two: a destination port
   */
  private byte[] ipv6(int next, int first, int second) {
    byte[] bytes = ethernet(IPV6);
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    frame.put(ETHERNET, (byte) 0x60).putShort(ETHERNET + 4, (short) 26);
    frame.put(ETHERNET + 6, (byte) next).put(ETHERNET + 7, (byte) 255);
    frame.putShort(ETHERNET + 40, (short) first).putShort(ETHERNET + 42, (short) second);
    return bytes;
  }

  private static byte[] cut(byte[] frame, int length) {
    return Arrays.copyOf(frame, length);
  }
}
