package io.arbalest.overlay.neighbour;

import io.arbalest.linux.net.InternetChecksum;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Frames that zones send, made octet by octet so that they owe nothing to the code under test. */
final class Frames {
  static final String BROADCAST = "ff:ff:ff:ff:ff:ff";

  private Frames() {}

  static byte[] arp(int operation, String sha, String spa, String tpa) {
    return ByteBuffer.allocate(42)
        .put(mac(BROADCAST))
        .put(mac(sha))
        .putShort((short) 0x0806)
        .put(HexFormat.of().parseHex("00010800060400" + "0" + operation))
        .put(mac(sha))
        .put(ip(spa))
        .put(new byte[6])
        .put(ip(tpa))
        .array();
  }

  static byte[] arpRequest(String sha, String spa, String tpa) {
    return arp(1, sha, spa, tpa);
  }

  /** A neighbour solicitation to the target's solicited-node group, with the given options. */
  static byte[] solicitation(String sourceMac, String source, String target, byte[] options) {
    byte[] group = ip("ff02::1:ff00:0");
    System.arraycopy(ip(target), 13, group, 13, 3);
    return neighbourMessage(135, sourceMac, new byte[][] {ip(source), group, ip(target)}, options);
  }

  static byte[] solicitation(String sourceMac, String source, String target) {
    return solicitation(sourceMac, source, target, macOption(1, sourceMac));
  }

  /** An unsolicited advertisement to all nodes. */
  static byte[] advertisement(String sourceMac, String target) {
    byte[][] addresses = {ip(target), ip("ff02::1"), ip(target)};
    return neighbourMessage(136, sourceMac, addresses, macOption(2, sourceMac));
  }

  static byte[] macOption(int type, String mac) {
    return ByteBuffer.allocate(8).put((byte) type).put((byte) 1).put(mac(mac)).array();
  }

  private static byte[] neighbourMessage(
      int type, String sourceMac, byte[][] addresses, byte[] options) {
    ByteBuffer frame = ByteBuffer.allocate(14 + 40 + 24 + options.length);
    byte[] group = addresses[1];
    frame.put((byte) 0x33).put((byte) 0x33).put(group, 12, 4).put(mac(sourceMac));
    frame.putShort((short) 0x86dd).putInt(0x6000_0000);
    frame.putShort((short) (24 + options.length)).put((byte) 58).put((byte) 255);
    frame.put(addresses[0]).put(group);
    frame.put((byte) type).put((byte) 0).putShort((short) 0).putInt(0).put(addresses[2]);
    frame.put(options);
    return withIcmpChecksum(frame.array());
  }

  /** Makes the ICMPv6 checksum of a frame right again after a change. */
  static byte[] withIcmpChecksum(byte[] frame) {
    ByteBuffer pseudo = ByteBuffer.allocate(40 + frame.length - 54);
    pseudo.put(frame, 22, 32).putInt(frame.length - 54).putInt(58);
    frame[56] = 0;
    frame[57] = 0;
    pseudo.put(frame, 54, frame.length - 54);
    int checksum = InternetChecksum.finish(plainSum(pseudo.array()));
    ByteBuffer.wrap(frame).putShort(56, (short) checksum);
    return frame;
  }

  private static long plainSum(byte[] data) {
    long sum = 0;
    for (int i = 0; i < data.length; i++) {
      sum += (long) (data[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
    }
    return sum;
  }

  /** IPv4, UDP 68 to 67, broadcast. */
  static byte[] dhcpDiscover(String sourceMac) {
    ByteBuffer frame = ByteBuffer.allocate(14 + 20 + 8 + 240);
    frame.put(mac(BROADCAST)).put(mac(sourceMac)).putShort((short) 0x0800);
    frame.putInt(0x4500_010c).putInt(0).putInt(0x4011_0000).putInt(0).putInt(-1);
    frame.putShort((short) 68).putShort((short) 67).putShort((short) 248);
    return frame.array();
  }

  static byte[] changed(byte[] frame, int at, int value) {
    byte[] copy = frame.clone();
    copy[at] = (byte) value;
    return copy;
  }

  static byte[] cut(byte[] frame, int length) {
    return Arrays.copyOf(frame, length);
  }

  static byte[] mac(String text) {
    return MacAddress.parse(text).toBytes();
  }

  static long macBits(String text) {
    return MacAddress.parse(text).toLong();
  }

  static byte[] ip(String text) {
    return IpLiteral.parse(text).getAddress();
  }
}
