package io.arbalest.antispoof.learn;

import static io.arbalest.antispoof.Frames.bytes;
import static io.arbalest.antispoof.Frames.join;

import io.arbalest.antispoof.Frames;
import io.arbalest.linux.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Builds DHCPv4 messages field by field, right and wrong ones. */
final class Dhcp4 {
  static final int DISCOVER = 1;
  static final int OFFER = 2;
  static final int REQUEST = 3;
  static final int DECLINE = 4;
  static final int ACK = 5;
  static final int NAK = 6;
  static final int RELEASE = 7;
  static final int INFORM = 8;

  private static final String NONE = "0.0.0.0";
  static final String BROADCAST = "255.255.255.255";

  private final int op;
  private int xid = 0x1234;
  private MacAddress client = Frames.MAC;
  private String ciaddr = NONE;
  private String yiaddr = NONE;
  private String giaddr = NONE;
  private byte[] sname = new byte[64];
  private byte[] file = new byte[128];
  private final List<byte[]> options = new ArrayList<>();

  private Dhcp4(int op, int type) {
    this.op = op;
    option(53, type);
  }

  static Dhcp4 client(int type) {
    return new Dhcp4(1, type);
  }

  static Dhcp4 server(int type) {
    return new Dhcp4(2, type);
  }

  /** An acknowledgement with all that it must have. */
  static Dhcp4 ack(String yours, String server, long seconds) {
    return server(ACK).yiaddr(yours).server(server).lease(seconds);
  }

  Dhcp4 xid(int value) {
    xid = value;
    return this;
  }

  Dhcp4 from(MacAddress mac) {
    client = mac;
    return this;
  }

  Dhcp4 ciaddr(String ip) {
    ciaddr = ip;
    return this;
  }

  Dhcp4 yiaddr(String ip) {
    yiaddr = ip;
    return this;
  }

  Dhcp4 giaddr(String ip) {
    giaddr = ip;
    return this;
  }

  Dhcp4 sname(byte[] content) {
    sname = Frames.cut(content, 64);
    return this;
  }

  Dhcp4 file(byte[] content) {
    file = Frames.cut(content, 128);
    return this;
  }

  Dhcp4 option(int code, int... value) {
    return option(code, bytes(value));
  }

  Dhcp4 option(int code, byte[] value) {
    return raw(join(bytes(code, value.length), value));
  }

  Dhcp4 raw(byte[] piece) {
    options.add(piece);
    return this;
  }

  Dhcp4 requested(String ip) {
    return option(50, Frames.ip(ip));
  }

  Dhcp4 server(String ip) {
    return option(54, Frames.ip(ip));
  }

  Dhcp4 lease(long seconds) {
    return option(51, u32(seconds));
  }

  Dhcp4 clientId(int... id) {
    return option(61, id);
  }

  static byte[] u32(long value) {
    return ByteBuffer.allocate(4).putInt((int) value).array();
  }

  byte[] message() {
    return join(
        bytes(op, 1, 6, 0),
        u32(xid),
        new byte[4],
        Frames.ip(ciaddr),
        Frames.ip(yiaddr),
        Frames.ip(NONE),
        Frames.ip(giaddr),
        client.toBytes(),
        new byte[10],
        sname,
        file,
        bytes(0x63, 0x82, 0x53, 0x63),
        join(options.toArray(byte[][]::new)),
        bytes(255));
  }

  /** As a client sends it that has no address yet. */
  byte[] broadcast() {
    return Frames.own(Frames.IPV4, packet(NONE, BROADCAST, 68, 67));
  }

  /** As a client sends it to a server that it knows. */
  byte[] unicast(String source, String destination) {
    return Frames.own(Frames.IPV4, packet(source, destination, 68, 67));
  }

  /** As a server sends it. */
  byte[] reply(String source) {
    return Frames.ethernet(Frames.OTHER_MAC, Frames.IPV4, packet(source, BROADCAST, 67, 68));
  }

  private byte[] packet(String source, String destination, int from, int to) {
    return Frames.ipv4(source, destination, Frames.UDP, Frames.udp(from, to, message()));
  }
}
