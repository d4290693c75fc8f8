package io.arbalest.linux.tap;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * What stands before each frame of a TAP: {@code struct virtio_net_hdr}, ten bytes in the machine's
 * byte order.
 *
 * <p>The record is for tests and for the slow path; a packet loop uses the offsets.
 *
 * @param flags {@link #NEEDS_CHECKSUM}, {@link #DATA_VALID}
 * @param gsoType {@link #GSO_NONE} or the kind of aggregate
 * @param headerLength bytes of all headers of an aggregate; a hint
 * @param gsoSize payload bytes of each segment but the last
 * @param checksumStart where the checksum begins, in bytes from the start of the frame
 * @param checksumOffset where its field is, in bytes from there
 */
public record VnetHeader(
    int flags, int gsoType, int headerLength, int gsoSize, int checksumStart, int checksumOffset) {
  /** Bytes. */
  public static final int LENGTH = 10;

  public static final int FLAGS_OFFSET = 0;
  public static final int GSO_TYPE_OFFSET = 1;
  public static final int HEADER_LENGTH_OFFSET = 2;
  public static final int GSO_SIZE_OFFSET = 4;
  public static final int CHECKSUM_START_OFFSET = 6;
  public static final int CHECKSUM_OFFSET_OFFSET = 8;

  /** The checksum field holds the pseudo header's sum; the rest is to be added. */
  public static final int NEEDS_CHECKSUM = 1;

  /** The checksum has been verified. */
  public static final int DATA_VALID = 2;

  public static final int GSO_NONE = 0;
  public static final int GSO_TCPV4 = 1;
  public static final int GSO_TCPV6 = 4;

  /** UDP segments of one size each, Linux 6.2. */
  public static final int GSO_UDP_L4 = 5;

  /** Set beside a TCP type when the first segment has CWR. */
  public static final int GSO_ECN = 0x80;

  /** A frame that is complete as it is. */
  public static final VnetHeader NONE = new VnetHeader(0, GSO_NONE, 0, 0, 0, 0);

  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

  /** Reads a header; empty if fewer than ten bytes are left. */
  public static Optional<VnetHeader> decode(MemorySegment data, long offset) {
    if (offset < 0 || data.byteSize() - offset < LENGTH) {
      return Optional.empty();
    }
    return Optional.of(
        new VnetHeader(
            Byte.toUnsignedInt(data.get(ValueLayout.JAVA_BYTE, offset + FLAGS_OFFSET)),
            Byte.toUnsignedInt(data.get(ValueLayout.JAVA_BYTE, offset + GSO_TYPE_OFFSET)),
            u16(data, offset + HEADER_LENGTH_OFFSET),
            u16(data, offset + GSO_SIZE_OFFSET),
            u16(data, offset + CHECKSUM_START_OFFSET),
            u16(data, offset + CHECKSUM_OFFSET_OFFSET)));
  }

  private static int u16(MemorySegment data, long offset) {
    return Short.toUnsignedInt(data.get(SHORT, offset));
  }

  /**
   * Writes the header; each value's low bits are taken.
   *
   * @throws IndexOutOfBoundsException if fewer than ten bytes are left
   */
  public void encode(MemorySegment data, long offset) {
    data.set(ValueLayout.JAVA_BYTE, offset + FLAGS_OFFSET, (byte) flags);
    data.set(ValueLayout.JAVA_BYTE, offset + GSO_TYPE_OFFSET, (byte) gsoType);
    data.set(SHORT, offset + HEADER_LENGTH_OFFSET, (short) headerLength);
    data.set(SHORT, offset + GSO_SIZE_OFFSET, (short) gsoSize);
    data.set(SHORT, offset + CHECKSUM_START_OFFSET, (short) checksumStart);
    data.set(SHORT, offset + CHECKSUM_OFFSET_OFFSET, (short) checksumOffset);
  }

  public boolean needsChecksum() {
    return (flags & NEEDS_CHECKSUM) != 0;
  }

  /** Whether the frame has to be segmented. */
  public boolean isAggregate() {
    return gsoType != GSO_NONE;
  }
}
