package io.arbalest.overlay.path;

import io.arbalest.overlay.Vni;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;

/** Makes the inner frames of one flow, with checksums by the slow sum of {@link SlowSum}. */
final class TestFlow {
  /** A port with an MTU of 1450. */
  static final PortSpec PORT =
      PortSpec.of(new Vni(77), new InetSocketAddress("192.0.2.1", 4789), 1450);

  private final boolean v6;
  private final boolean tcp;
  private final byte[] options;
  private final long seed;
  int flags = Tcp.ACK;
  int id = 1;
  boolean dontFragment = true;
  int ttl = 64;
  int tos;
  int window = 501;
  int acknowledgement = 7777;
  int sequence = -1500;

  TestFlow(boolean v6, boolean tcp, byte[] options, long seed) {
    this.v6 = v6;
    this.tcp = tcp;
    this.options = options;
    this.seed = seed;
  }

  static TestFlow tcp4() {
    return new TestFlow(false, true, new byte[12], 1);
  }

  static TestFlow udp4() {
    return new TestFlow(false, false, new byte[0], 2);
  }

  static TestFlow random(Random random) {
    boolean tcp = random.nextBoolean();
    byte[] options = new byte[tcp ? 4 * random.nextInt(11) : 0];
    random.nextBytes(options);
    TestFlow flow = new TestFlow(random.nextBoolean(), tcp, options, random.nextLong());
    flow.id = random.nextInt(0x10000);
    flow.dontFragment = random.nextBoolean();
    flow.sequence = random.nextInt();
    flow.ttl = 1 + random.nextInt(255);
    return flow;
  }

  int headerLength() {
    return l4() + (tcp ? Tcp.HEADER + options.length : Udp.HEADER);
  }

  int l4() {
    return Ethernet.HEADER + (v6 ? Ip.V6_HEADER : Ip.V4_HEADER);
  }

  boolean isTcp() {
    return tcp;
  }

  int gsoType() {
    int tcpType = v6 ? Vnet.GSO_TCPV6 : Vnet.GSO_TCPV4;
    return tcp ? tcpType : Vnet.GSO_UDP_L4;
  }

  /** The next frame: sequence number and ID go on. */
  byte[] next(byte[] payload) {
    byte[] frame = frame(payload);
    sequence += payload.length;
    id = (id + 1) & 0xffff;
    return frame;
  }

  /** The frame with complete checksums. */
  byte[] frame(byte[] payload) {
    byte[] frame = headers(payload);
    int field = l4() + (tcp ? Tcp.CHECKSUM : Udp.CHECKSUM);
    int sum = SlowSum.transport(frame, l4(), v6);
    ByteBuffer.wrap(frame).putShort(field, (short) (sum == 0 && !tcp ? 0xffff : sum));
    return frame;
  }

  private byte[] headers(byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ethernet());
    out.writeBytes(v6 ? ipv6(payload.length) : ipv4(payload.length));
    out.writeBytes(tcp ? tcpHeader() : udpHeader(payload.length));
    out.writeBytes(payload);
    return out.toByteArray();
  }

  private byte[] ethernet() {
    return ByteBuffer.allocate(Ethernet.HEADER)
        .putInt(0x0208_2000)
        .putShort((short) 2)
        .putInt(0x0208_2000)
        .putShort((short) 1)
        .putShort((short) (v6 ? Ethernet.TYPE_IPV6 : Ethernet.TYPE_IPV4))
        .array();
  }

  private byte[] ipv4(int payload) {
    ByteBuffer ip = ByteBuffer.allocate(Ip.V4_HEADER);
    ip.put((byte) Ip.V4_PLAIN).put((byte) tos);
    ip.putShort((short) (headerLength() - Ethernet.HEADER + payload)).putShort((short) id);
    ip.putShort((short) (dontFragment ? Ip.V4_DF : 0)).put((byte) ttl).put((byte) protocol());
    ip.putShort((short) 0).putInt(0x0a07_0001).putInt((int) seed);
    ip.putShort(Ip.V4_CHECKSUM, (short) (~SlowSum.of(ip.array(), 0, Ip.V4_HEADER) & 0xffff));
    return ip.array();
  }

  private byte[] ipv6(int payload) {
    ByteBuffer ip = ByteBuffer.allocate(Ip.V6_HEADER);
    ip.putInt(6 << 28 | tos << 20 | 12345);
    ip.putShort((short) (headerLength() - l4() + payload)).put((byte) protocol()).put((byte) ttl);
    return ip.putLong(0xfd07L << 48).putLong(1).putLong(0xfd07L << 48).putLong(seed).array();
  }

  private int protocol() {
    return tcp ? Ip.PROTOCOL_TCP : Ip.PROTOCOL_UDP;
  }

  private byte[] tcpHeader() {
    ByteBuffer header = ByteBuffer.allocate(Tcp.HEADER + options.length);
    header.putShort((short) 40000).putShort((short) seed).putInt(sequence).putInt(acknowledgement);
    header.put((byte) ((Tcp.HEADER + options.length) << 2)).put((byte) flags);
    return header.putShort((short) window).putInt(0).put(options).array();
  }

  private byte[] udpHeader(int payload) {
    ByteBuffer header = ByteBuffer.allocate(Udp.HEADER).putShort((short) 40000);
    return header.putShort((short) seed).putShort((short) (Udp.HEADER + payload)).array();
  }

  /** A super-frame as a TAP gives it: vnet header, frame, checksum field with the pseudo sum. */
  byte[] superFrame(byte[] payload, int segmentSize) {
    byte[] frame = headers(payload);
    int field = l4() + (tcp ? Tcp.CHECKSUM : Udp.CHECKSUM);
    int pseudo = SlowSum.pseudo(frame, l4(), v6);
    ByteBuffer.wrap(frame).putShort(field, (short) pseudo);
    ByteBuffer out = ByteBuffer.allocate(Vnet.HEADER + frame.length);
    out.order(java.nio.ByteOrder.nativeOrder());
    out.put((byte) Vnet.NEEDS_CSUM).put((byte) gsoType()).putShort((short) headerLength());
    out.putShort((short) segmentSize).putShort((short) l4()).putShort((short) (field - l4()));
    return out.put(frame).array();
  }
}
