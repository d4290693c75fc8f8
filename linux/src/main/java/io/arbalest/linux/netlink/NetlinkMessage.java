package io.arbalest.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A message: {@code struct nlmsghdr} and a body. Immutable; reading is total.
 *
 * <p>The header is length u32, type u16, flags u16, sequence u32, port u32.
 */
public final class NetlinkMessage {
  /** Bytes of the header. */
  public static final int HEADER = 16;

  private final int type;
  private final int flags;
  private final int sequence;
  private final int port;
  private final byte[] body;

  /**
   * @param port who sent it: the address of a socket, or 0 for the kernel and for a request
   * @param body what follows the header; not copied, so not to be changed any more
   */
  public NetlinkMessage(int type, int flags, int sequence, int port, byte[] body) {
    this.type = type;
    this.flags = flags;
    this.sequence = sequence;
    this.port = port;
    this.body = body;
  }

  /** The messages of a datagram up to the first that does not parse. */
  public static List<NetlinkMessage> decode(byte[] datagram) {
    List<NetlinkMessage> messages = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
    int at = 0;
    while (datagram.length - at >= HEADER) {
      int length = in.getInt(at);
      if (length < HEADER || length > datagram.length - at) {
        break;
      }
      byte[] body = new byte[length - HEADER];
      in.get(at + HEADER, body);
      int type = Short.toUnsignedInt(in.getShort(at + 4));
      int flags = Short.toUnsignedInt(in.getShort(at + 6));
      messages.add(new NetlinkMessage(type, flags, in.getInt(at + 8), in.getInt(at + 12), body));
      at += Math.min(Attributes.align(length), datagram.length - at);
    }
    return List.copyOf(messages);
  }

  /** The message as it is sent, padded to 4 bytes. */
  public byte[] encode() {
    int length = HEADER + body.length;
    return ByteBuffer.allocate(Attributes.align(length))
        .order(ByteOrder.nativeOrder())
        .putInt(length)
        .putShort((short) type)
        .putShort((short) flags)
        .putInt(sequence)
        .putInt(port)
        .put(body)
        .array();
  }

  public int type() {
    return type;
  }

  public int flags() {
    return flags;
  }

  public boolean hasFlag(int flag) {
    return (flags & flag) != 0;
  }

  public int sequence() {
    return sequence;
  }

  public int port() {
    return port;
  }

  /** Bytes of the body. */
  public int length() {
    return body.length;
  }

  /** The body in the machine's byte order, read only. */
  public ByteBuffer body() {
    return ByteBuffer.wrap(body).asReadOnlyBuffer().order(ByteOrder.nativeOrder());
  }

  /** The attributes behind a fixed header of the given length. */
  public Attributes attributes(int headerLength) {
    return Attributes.decode(body, Attributes.align(headerLength));
  }
}
