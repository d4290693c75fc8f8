package io.arbalest.antispoof;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Builds frames byte by byte, without checking anything: tests need wrong ones. */
public final class Frames {
  public static final MacAddress MAC = MacAddress.parse("2:8:20:11:22:33");
  public static final MacAddress OTHER_MAC = MacAddress.parse("2:8:20:aa:bb:cc");
  public static final String LINK_LOCAL = "fe80::8:20ff:fe11:2233";

  public static final int IPV4 = 0x0800;
  public static final int ARP = 0x0806;
  public static final int IPV6 = 0x86dd;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int ICMP6 = 58;

  private Frames() {}

  /** Bytes one after the other. */
  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** Bytes given as ints. */
  public static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  public static byte[] u16(int... values) {
    ByteBuffer out = ByteBuffer.allocate(2 * values.length);
    for (int value : values) {
      out.putShort((short) value);
    }
    return out.array();
  }

  public static byte[] ip(String literal) {
    return IpPrefix.parse(literal).address().getAddress();
  }

  public static byte[] ethernet(MacAddress source, int type, byte[]... payload) {
    return join(OTHER_MAC.toBytes(), source.toBytes(), u16(type), join(payload));
  }

  /** From the fixture's own MAC address. */
  public static byte[] own(int type, byte[]... payload) {
    return ethernet(MAC, type, payload);
  }

  /** An ARP packet for Ethernet and IPv4. */
  public static byte[] arp(int operation, MacAddress sender, String senderIp, String targetIp) {
    return join(
        u16(1, IPV4),
        bytes(6, 4),
        u16(operation),
        sender.toBytes(),
        ip(senderIp),
        new byte[6],
        ip(targetIp));
  }

  /** An IPv4 packet without options, not a fragment. */
  public static byte[] ipv4(String source, String destination, int protocol, byte[]... payload) {
    return ipv4(new Ipv4(4, 5, 0, protocol), source, destination, payload);
  }

  /** Fields of an IPv4 header that tests vary; words of the header above 5 are no-op options. */
  public record Ipv4(int version, int words, int fragment, int protocol) {}

  public static byte[] ipv4(Ipv4 header, String source, String destination, byte[]... payload) {
    byte[] body = join(payload);
    byte[] options = new byte[Math.max(0, header.words - 5) * 4];
    Arrays.fill(options, (byte) 1);
    return join(
        bytes(header.version << 4 | header.words, 0),
        u16(20 + options.length + body.length, 0, header.fragment),
        bytes(64, header.protocol, 0, 0),
        ip(source),
        ip(destination),
        options,
        body);
  }

  public static byte[] udp(int from, int to, byte[]... payload) {
    byte[] body = join(payload);
    return join(u16(from, to, 8 + body.length, 0), body);
  }

  /** A TCP SYN of 20 bytes. */
  public static byte[] tcp(int from, int to) {
    return join(u16(from, to, 0, 1, 0, 0), bytes(0x50, 2), u16(0xffff, 0, 0));
  }

  /** An IPv6 packet with hop limit 255. */
  public static byte[] ipv6(String source, String destination, int next, byte[]... payload) {
    return ipv6(255, source, destination, next, payload);
  }

  public static byte[] ipv6(
      int hops, String source, String destination, int next, byte[]... payload) {
    byte[] body = join(payload);
    return join(
        bytes(0x60, 0, 0, 0),
        u16(body.length),
        bytes(next, hops),
        ip(source),
        ip(destination),
        body);
  }

  /** A hop-by-hop or destination options header of 8 bytes, padded. */
  public static byte[] options(int next) {
    return bytes(next, 0, 1, 4, 0, 0, 0, 0);
  }

  /** A hop-by-hop header with the router alert of MLD. */
  public static byte[] routerAlert(int next) {
    return bytes(next, 0, 5, 2, 0, 0, 1, 0);
  }

  /**
   * A fragment header.
   *
   * @param offset in bytes, a multiple of 8
   */
  public static byte[] fragment(int next, int offset, boolean more) {
    return join(bytes(next, 0), u16(offset | (more ? 1 : 0)), bytes(1, 2, 3, 4));
  }

  public static byte[] icmp6(int type, byte[]... body) {
    return join(bytes(type, 0, 0, 0), join(body));
  }

  /** A neighbour solicitation. */
  public static byte[] solicitation(String target, byte[]... options) {
    return icmp6(135, new byte[4], ip(target), join(options));
  }

  /** A neighbour advertisement. */
  public static byte[] advertisement(String target, byte[]... options) {
    return icmp6(136, bytes(0x60, 0, 0, 0), ip(target), join(options));
  }

  /** Source link-layer address option. */
  public static byte[] slla(MacAddress mac) {
    return join(bytes(1, 1), mac.toBytes());
  }

  /** Target link-layer address option. */
  public static byte[] tlla(MacAddress mac) {
    return join(bytes(2, 1), mac.toBytes());
  }

  /** A DHCPv4 message of a type, with the client's hardware address and no other option. */
  public static byte[] dhcp(int type, MacAddress client) {
    boolean reply = type == 2 || type == 5 || type == 6;
    return bootp(new Bootp(reply ? 2 : 1, 1, 6, client), bytes(53, 1, type, 255));
  }

  /** Fields of a BOOTP header that tests vary. */
  public record Bootp(int operation, int hardware, int length, MacAddress client) {
    /** What an honest client sends. */
    public static final Bootp REQUEST = new Bootp(1, 1, 6, MAC);
  }

  /** A BOOTP message with the magic cookie and options. */
  public static byte[] bootp(Bootp header, byte[]... options) {
    return join(
        bytes(header.operation, header.hardware, header.length, 0),
        new byte[24],
        header.client.toBytes(),
        new byte[10 + 192],
        bytes(0x63, 0x82, 0x53, 0x63),
        join(options));
  }

  /** An option of DHCPv4. */
  public static byte[] option(int code, byte[] value) {
    return join(bytes(code, value.length), value);
  }

  /** The DHCPv4 client identifier of a MAC address. */
  public static byte[] clientId(MacAddress mac) {
    return option(61, join(bytes(1), mac.toBytes()));
  }

  /** A DHCPv6 message. */
  public static byte[] dhcp6(int type, byte[]... options) {
    return join(bytes(type, 0xab, 0xcd, 0xef), join(options));
  }

  /** An option of DHCPv6. */
  public static byte[] option6(int code, byte[] value) {
    return join(u16(code, value.length), value);
  }

  public static byte[] duidLl(MacAddress mac) {
    return join(u16(3, 1), mac.toBytes());
  }

  public static byte[] duidLlt(MacAddress mac) {
    return join(u16(1, 1), bytes(0x2c, 1, 2, 3), mac.toBytes());
  }

  /** The first bytes of a frame. */
  public static byte[] cut(byte[] frame, int length) {
    return Arrays.copyOf(frame, length);
  }
}
