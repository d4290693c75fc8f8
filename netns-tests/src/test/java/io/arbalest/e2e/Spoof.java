package io.arbalest.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.arbalest.linux.net.MacAddress;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Frames that a well-behaved zone would never send, each wrong in one way, each ending in a marker.
 *
 * @param own the sender's real MAC address
 * @param marker what the frame ends with
 */
record Spoof(MacAddress own, InetAddress ownIpv4, InetAddress ownIpv6, String marker) {
  private static final MacAddress FOREIGN = MacAddress.parse("2:8:20:ff:ff:1");
  private static final InetAddress FOREIGN_IPV4 = InetAddress.ofLiteral("10.42.0.99");
  private static final InetAddress FOREIGN_IPV6 = InetAddress.ofLiteral("fd42::99");
  private static final InetAddress ALL_NODES = InetAddress.ofLiteral("ff02::1");
  private static final InetAddress BROADCAST = InetAddress.ofLiteral("255.255.255.255");

  byte[] markerBytes() {
    return marker.getBytes(US_ASCII);
  }

  byte[] foreignMac() {
    return ethernet(FOREIGN, 0x0800, udp4(ownIpv4));
  }

  byte[] foreignIpv4() {
    return ethernet(own, 0x0800, udp4(FOREIGN_IPV4));
  }

  byte[] foreignIpv6() {
    return ethernet(own, 0x86dd, ipv6(FOREIGN_IPV6, 17, udp()));
  }

  byte[] foreignArpSender() {
    ByteBuffer arp = ByteBuffer.allocate(28);
    arp.putShort((short) 1)
        .putShort((short) 0x0800)
        .put((byte) 6)
        .put((byte) 4)
        .putShort((short) 1);
    arp.put(own.toBytes()).put(FOREIGN_IPV4.getAddress());
    arp.put(new byte[6]).put(FOREIGN_IPV4.getAddress());
    return ethernet(own, 0x0806, arp.array());
  }

  /** A neighbour advertisement for an address of somebody else. */
  byte[] foreignNaTarget() {
    ByteBuffer na = ByteBuffer.allocate(32);
    na.putInt(136 << 24).putInt(0x2000_0000).put(FOREIGN_IPV6.getAddress());
    na.put((byte) 2).put((byte) 1).put(own.toBytes());
    byte[] packet = ipv6(ownIpv6, 58, na.array());
    ByteBuffer.wrap(packet).putShort(42, (short) icmpChecksum(packet));
    return ethernet(own, 0x86dd, packet);
  }

  /** The same kind of frame with nothing wrong in it. */
  byte[] honest() {
    return ethernet(own, 0x0800, udp4(ownIpv4));
  }

  private byte[] ethernet(MacAddress source, int type, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(MacAddress.BROADCAST.toBytes());
    frame.writeBytes(source.toBytes());
    frame.write(type >> 8);
    frame.write(type);
    frame.writeBytes(payload);
    // Behind the packet's own length: padding, as far as any parser is concerned.
    frame.writeBytes(new byte[16]);
    frame.writeBytes(markerBytes());
    return frame.toByteArray();
  }

  private static byte[] udp() {
    return ByteBuffer.allocate(8)
        .putShort((short) 4000)
        .putShort((short) 4001)
        .putShort((short) 8)
        .array();
  }

  private static byte[] udp4(InetAddress source) {
    ByteBuffer packet = ByteBuffer.allocate(28);
    packet.put((byte) 0x45).put((byte) 0).putShort((short) 28).putInt(0);
    packet.put((byte) 64).put((byte) 17).putShort((short) 0);
    packet.put(source.getAddress()).put(BROADCAST.getAddress()).put(udp());
    packet.putShort(10, (short) ~sum(packet.array(), 0, 20, 0));
    return packet.array();
  }

  private static byte[] ipv6(InetAddress source, int next, byte[] payload) {
    ByteBuffer packet = ByteBuffer.allocate(40 + payload.length);
    packet.putInt(0x6000_0000).putShort((short) payload.length).put((byte) next).put((byte) 255);
    packet.put(source.getAddress()).put(ALL_NODES.getAddress()).put(payload);
    return packet.array();
  }

  private static int icmpChecksum(byte[] packet) {
    return ~sum(packet, 8, packet.length, packet.length - 40 + 58);
  }

  private static int sum(byte[] bytes, int from, int to, int start) {
    int sum = start;
    for (int at = from; at < to; at += 2) {
      sum += ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }
    sum = (sum & 0xffff) + (sum >>> 16);
    return (sum & 0xffff) + (sum >>> 16);
  }
}
