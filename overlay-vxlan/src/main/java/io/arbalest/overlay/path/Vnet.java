package io.arbalest.overlay.path;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The ten octets before each frame of a TAP, {@code struct virtio_net_hdr} of {@code
 * linux/virtio_net.h}. Its 16-bit fields are in the machine's byte order.
 */
final class Vnet {
  static final int FLAGS = 0;
  static final int GSO_TYPE = 1;
  static final int HEADER_LENGTH = 2;
  static final int GSO_SIZE = 4;
  static final int CSUM_START = 6;
  static final int CSUM_OFFSET = 8;
  static final int HEADER = 10;

  /** The checksum field holds the sum of the pseudo header; the rest is to be added. */
  static final int NEEDS_CSUM = 1;

  static final int GSO_NONE = 0;
  static final int GSO_TCPV4 = 1;
  static final int GSO_TCPV6 = 4;
  static final int GSO_UDP_L4 = 5;

  /** Set beside the type when the first segment carries CWR. */
  static final int GSO_ECN = 0x80;

  private Vnet() {}

  static int u16(MemorySegment at, long offset) {
    return at.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset) & 0xffff;
  }

  static void put16(MemorySegment at, long offset, int value) {
    at.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset, (short) value);
  }

  /** Writes a header that asks for nothing. */
  static void clear(MemorySegment at, long offset) {
    at.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, 0);
    at.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset + Long.BYTES, (short) 0);
  }
}
