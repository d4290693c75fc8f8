package io.arbalest.antispoof.explain;

/**
 * One packet of a capture.
 *
 * @param seconds when, since 1970
 * @param nanos of that second
 * @param length what the packet was long on the wire, in bytes
 * @param bytes its first bytes, perhaps all; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a view: never compared
public record PcapPacket(long seconds, int nanos, long length, byte[] bytes) {
  private static final int NANOS = 1_000_000_000;

  public PcapPacket {
    if (nanos < 0 || nanos >= NANOS) {
      throw new IllegalArgumentException("nanos " + nanos + ": 0 to 999999999 is allowed");
    }
    if (length < bytes.length) {
      throw new IllegalArgumentException(
          "length " + length + ": at least the " + bytes.length + " bytes there are");
    }
  }
}
