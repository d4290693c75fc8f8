package io.arbalest.antispoof.explain;

import io.arbalest.linux.net.InternetChecksum;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.MacAddress;
import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Bytes of frames that are never sent: lengths are right, checksums of what IP carries are zero, as
 * protection does not look at them.
 */
final class FrameBytes {
  static final int IPV4 = 0x0800;
  static final int ARP = 0x0806;
  static final int IPV6 = 0x86dd;
  private static final int TTL = 64;
  private static final int HOP_LIMIT = 255;

  private FrameBytes() {}

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] u8(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] u16(int... values) {
    ByteBuffer out = ByteBuffer.allocate(Short.BYTES * values.length);
    for (int value : values) {
      out.putShort((short) value);
    }
    return out.array();
  }

  static byte[] ip(String literal) {
    return IpLiteral.parse(literal).getAddress();
  }

  static byte[] ethernet(MacAddress destination, MacAddress source, int type, byte[]... payload) {
    return join(destination.toBytes(), source.toBytes(), u16(type), join(payload));
  }

  /** Where frames for a group of IP go; empty for the address of one station. */
  static Optional<MacAddress> group(InetAddress to) {
    byte[] ip = to.getAddress();
    if (to.isMulticastAddress()) {
      return Optional.of(
          to instanceof Inet4Address
              ? MacAddress.of(join(u8(1, 0, 0x5e, ip[1] & 0x7f), u8(ip[2], ip[3])))
              : MacAddress.of(join(u8(0x33, 0x33), u8(ip[12], ip[13], ip[14], ip[15]))));
    }
    boolean broadcast = to instanceof Inet4Address && ByteBuffer.wrap(ip).getInt() == -1;
    return broadcast ? Optional.of(MacAddress.BROADCAST) : Optional.empty();
  }

  static byte[] arp(
      int operation,
      MacAddress sender,
      InetAddress senderIp,
      MacAddress target,
      InetAddress targetIp) {
    return join(
        u16(1, IPV4),
        u8(6, 4),
        u16(operation),
        sender.toBytes(),
        senderIp.getAddress(),
        target.toBytes(),
        targetIp.getAddress());
  }

  /** A packet of the family that its addresses are of. */
  static byte[] ip(InetAddress from, InetAddress to, int protocol, byte[]... body) {
    return from instanceof Inet4Address
        ? ipv4(from, to, protocol, join(body))
        : ipv6(from, to, protocol, join(body));
  }

  private static byte[] ipv4(InetAddress from, InetAddress to, int protocol, byte[] body) {
    ByteBuffer header = ByteBuffer.allocate(20);
    header.put(u8(0x45, 0)).putShort((short) (20 + body.length));
    header.putInt(0).put(u8(TTL, protocol)).putShort((short) 0);
    header.put(from.getAddress()).put(to.getAddress());
    header.putShort(
        10, (short) InternetChecksum.finish(InternetChecksum.sum(header.array(), 0, 20)));
    return join(header.array(), body);
  }

  private static byte[] ipv6(InetAddress from, InetAddress to, int next, byte[] body) {
    return join(
        u8(0x60, 0, 0, 0),
        u16(body.length),
        u8(next, HOP_LIMIT),
        from.getAddress(),
        to.getAddress(),
        body);
  }

  static byte[] udp(int from, int to, byte[]... body) {
    byte[] payload = join(body);
    return join(u16(from, to, 8 + payload.length, 0), payload);
  }

  static byte[] echo(int type) {
    return join(u8(type, 0, 0, 0), u16(1, 1));
  }
}
