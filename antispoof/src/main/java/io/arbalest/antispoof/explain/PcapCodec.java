package io.arbalest.antispoof.explain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The classic capture file of tcpdump, for Ethernet.
 *
 * <p>A codec of our own, because the daemon writes such files and libpcap may not be installed
 * where it runs. It writes the form with nanoseconds, in the byte order of the network, and reads
 * both byte orders and both resolutions.
 */
public final class PcapCodec {
  /** Bytes before the first packet. */
  static final int HEADER = 24;

  /** Bytes before each packet's own. */
  static final int PACKET_HEADER = 16;

  /** The most bytes of one packet that are read or written. */
  static final int MAX_PACKET = 1 << 18;

  private static final int MAGIC_MICROS = 0xa1b2c3d4;
  private static final int MAGIC_NANOS = 0xa1b23c4d;
  private static final int MAGIC_NG = 0x0a0d0d0a;
  private static final int ETHERNET = 1;
  private static final int LINK_BITS = 0x0fff_ffff;
  private static final int LINK = 20;
  private static final int MICROS = 1_000_000;

  private PcapCodec() {}

  /** What starts a file. */
  public static byte[] header() {
    return ByteBuffer.allocate(HEADER)
        .putInt(MAGIC_NANOS)
        .putShort((short) 2)
        .putShort((short) 4)
        .putInt(0)
        .putInt(0)
        .putInt(MAX_PACKET)
        .putInt(ETHERNET)
        .array();
  }

  /** What a packet adds to it. Its seconds are written in 32 bits, which last until 2106. */
  public static byte[] packet(PcapPacket packet) {
    int kept = Math.min(packet.bytes().length, MAX_PACKET);
    return ByteBuffer.allocate(PACKET_HEADER + kept)
        .putInt((int) packet.seconds())
        .putInt(packet.nanos())
        .putInt(kept)
        .putInt((int) packet.length())
        .put(packet.bytes(), 0, kept)
        .array();
  }

  /**
   * Reads a whole file. A last packet that is not all there, as a killed writer leaves it, is left
   * out.
   *
   * @throws InvalidPcapException if the bytes are anything else than such a file
   */
  public static List<PcapPacket> decode(byte[] file) {
    if (file.length < HEADER) {
      throw new InvalidPcapException(file.length + " bytes are fewer than a header's " + HEADER);
    }
    ByteBuffer in = ByteBuffer.wrap(file);
    boolean nanos = nanos(in);
    int link = in.getInt(LINK) & LINK_BITS;
    if (link != ETHERNET) {
      throw new InvalidPcapException("link type " + link + "; allowed: 1 (Ethernet)");
    }
    in.position(HEADER);
    List<PcapPacket> packets = new ArrayList<>();
    while (in.remaining() >= PACKET_HEADER) {
      int kept = in.getInt(in.position() + 8);
      if (kept < 0 || kept > MAX_PACKET) {
        throw new InvalidPcapException(
            "packet %d has %d bytes; at most %d are allowed"
                .formatted(packets.size() + 1, Integer.toUnsignedLong(kept), MAX_PACKET));
      }
      if (in.remaining() - PACKET_HEADER < kept) {
        break;
      }
      packets.add(packet(in, nanos, kept));
    }
    return packets;
  }

  /** Sets the byte order by the file's first number; answers whether it counts nanoseconds. */
  private static boolean nanos(ByteBuffer in) {
    int magic = in.getInt(0);
    if (magic == MAGIC_NG) {
      throw new InvalidPcapException("this is pcapng; only the classic pcap is read");
    }
    if (magic != MAGIC_NANOS && magic != MAGIC_MICROS) {
      magic = Integer.reverseBytes(magic);
      in.order(ByteOrder.LITTLE_ENDIAN);
    }
    if (magic != MAGIC_NANOS && magic != MAGIC_MICROS) {
      throw new InvalidPcapException("it does not start as a capture does");
    }
    return magic == MAGIC_NANOS;
  }

  private static PcapPacket packet(ByteBuffer in, boolean nanos, int kept) {
    long seconds = Integer.toUnsignedLong(in.getInt());
    long fraction = Integer.toUnsignedLong(in.getInt());
    in.getInt();
    long length = Integer.toUnsignedLong(in.getInt());
    byte[] bytes = new byte[kept];
    in.get(bytes);
    long unit = nanos ? 1 : 1_000;
    long most = nanos ? 1_000L * MICROS : MICROS;
    return new PcapPacket(
        seconds, (int) (Math.min(fraction, most - 1) * unit), Math.max(length, kept), bytes);
  }
}
