package io.arbalest.linux.rtnetlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A link's counters since it was made, {@code struct rtnl_link_stats64}. "Received" is what the
 * network stack of the link's own namespace received through it.
 */
public record LinkStatistics(
    long receivedPackets,
    long sentPackets,
    long receivedBytes,
    long sentBytes,
    long receiveErrors,
    long sendErrors,
    long receiveDrops,
    long sendDrops,
    long multicast) {
  /** All zero. */
  public static final LinkStatistics NONE = new LinkStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0);

  private static final int COUNTERS = 9;

  /** Reads the first nine counters; too few bytes read as {@link #NONE}. */
  static LinkStatistics decode(byte[] data) {
    if (data.length < COUNTERS * Long.BYTES) {
      return NONE;
    }
    ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.nativeOrder());
    return new LinkStatistics(
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong());
  }
}
