package io.arbalest.vnic;

import io.arbalest.linux.net.MacAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** The frames of a ping over IPv4, whole. */
final class PingFrame {
  private static final int IPV4 = 0x0800;
  private static final int ARP = 0x0806;
  private static final int ICMP = 1;
  private static final int ETHERNET = 14;
  private static final int IP_HEADER = 20;

  private PingFrame() {}

  static byte[] arpRequest(MacAddress sender, InetAddress from, InetAddress target) {
    byte[] bytes = new byte[60];
    ethernet(bytes, MacAddress.BROADCAST, sender, ARP)
        .putShort((short) 1)
        .putShort((short) IPV4)
        .put((byte) 6)
        .put((byte) 4)
        .putShort((short) 1)
        .put(sender.toBytes())
        .put(from.getAddress())
        .put(new byte[MacAddress.LENGTH])
        .put(target.getAddress());
    return bytes;
  }

  static byte[] echoRequest(
      MacAddress destination, MacAddress source, InetAddress from, InetAddress target) {
    byte[] bytes = new byte[60];
    ByteBuffer frame = ethernet(bytes, destination, source, IPV4);
    frame.putShort((short) 0x4500).putShort((short) 46).putInt(0);
    frame.put((byte) 64).put((byte) ICMP).putShort((short) 0);
    frame.put(from.getAddress()).put(target.getAddress());
    frame.putShort((short) 0x0800).putShort((short) 0).putInt(0x0007_0001);
    putSum(frame, ETHERNET, IP_HEADER, ETHERNET + 10);
    putSum(frame, ETHERNET + IP_HEADER, 26, ETHERNET + IP_HEADER + 2);
    return bytes;
  }

  static boolean isEchoReply(byte[] frame) {
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    return bytes.getShort(12) == IPV4
        && bytes.get(ETHERNET + 9) == ICMP
        && bytes.get(ETHERNET + IP_HEADER) == 0;
  }

  private static ByteBuffer ethernet(
      byte[] bytes, MacAddress destination, MacAddress source, int type) {
    return ByteBuffer.wrap(bytes)
        .put(destination.toBytes())
        .put(source.toBytes())
        .putShort((short) type);
  }

  private static void putSum(ByteBuffer frame, int start, int length, int at) {
    int sum = 0;
    for (int i = start; i < start + length; i += 2) {
      sum += Short.toUnsignedInt(frame.getShort(i));
    }
    sum = (sum & 0xffff) + (sum >>> 16);
    frame.putShort(at, (short) ~((sum & 0xffff) + (sum >>> 16)));
  }
}
