package io.arbalest.linux.icmp;

import java.nio.ByteBuffer;

/**
 * An echo request or reply: RFC 792 for IPv4, RFC 4443 sections 4.1 and 4.2 for IPv6.
 *
 * @param identifier 16 bits; tells our replies from those of another ping
 * @param sequence 16 bits
 */
record EchoMessage(boolean ipv4, boolean isReply, int identifier, int sequence) {
  private static final int CHECKSUM = 2;
  private static final int IDENTIFIER = 4;
  private static final int SEQUENCE = 6;
  private static final int HEADER_BYTES = 8;
  private static final int PAYLOAD_BYTES = 48;
  private static final int IPV4_MIN_HEADER = 20;

  /** The reply that this request asks for. */
  EchoMessage reply() {
    return new EchoMessage(ipv4, true, identifier, sequence);
  }

  /** The message without its IP header. For IPv6 the kernel fills in the checksum. */
  byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + PAYLOAD_BYTES);
    bytes.put(0, (byte) type());
    bytes.putShort(IDENTIFIER, (short) identifier);
    bytes.putShort(SEQUENCE, (short) sequence);
    if (ipv4) {
      bytes.putShort(CHECKSUM, (short) ~sum(bytes));
    }
    return bytes.array();
  }

  /** Whether received bytes are this message; an IPv4 raw socket delivers the IP header too. */
  boolean matches(byte[] received) {
    int start = ipv4 ? ipv4HeaderBytes(received) : 0;
    if (start < 0 || received.length < start + HEADER_BYTES) {
      return false;
    }
    ByteBuffer bytes = ByteBuffer.wrap(received);
    return Byte.toUnsignedInt(bytes.get(start)) == type()
        && Short.toUnsignedInt(bytes.getShort(start + IDENTIFIER)) == identifier
        && Short.toUnsignedInt(bytes.getShort(start + SEQUENCE)) == sequence;
  }

  private int type() {
    if (ipv4) {
      return isReply ? 0 : 8;
    }
    return isReply ? 129 : 128;
  }

  private static int ipv4HeaderBytes(byte[] received) {
    return received.length < IPV4_MIN_HEADER ? -1 : (received[0] & 0x0f) * 4;
  }

  private static int sum(ByteBuffer bytes) {
    int sum = 0;
    for (int at = 0; at < bytes.capacity(); at += 2) {
      sum += Short.toUnsignedInt(bytes.getShort(at));
    }
    return (sum & 0xffff) + (sum >>> 16);
  }
}
