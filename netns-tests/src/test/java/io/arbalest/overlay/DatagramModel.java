package io.arbalest.overlay;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What the overlay of a test must do with a datagram, said once more and in another way. */
final class DatagramModel {
  private static final long WEB = 0x0208_2000_000aL;
  private static final long THIRD = 0x0208_2000_0015L;

  private DatagramModel() {}

  /** Why it is dropped; null if it is delivered. */
  static @Nullable DropReason reason(byte[] datagram, boolean fromPeer) {
    if (datagram.length < 8 + 14) {
      return DropReason.RUNT;
    }
    ByteBuffer in = ByteBuffer.wrap(datagram);
    if ((datagram[0] & 8) == 0) {
      return DropReason.NO_VNI;
    }
    if (datagram[4] != 0 || datagram[5] != 0 || datagram[6] != 42) {
      return DropReason.UNKNOWN_VNI;
    }
    if (in.getInt(0) != 0x0800_0000 || datagram[7] != 0) {
      return DropReason.RESERVED_BITS;
    }
    if (!fromPeer) {
      return DropReason.WRONG_OUTER_SOURCE;
    }
    long source = in.getLong(12) & 0xffff_ffff_ffffL;
    boolean group = (datagram[14] & 1) != 0;
    return source == 0 || group || source == WEB || source == THIRD
        ? DropReason.WRONG_INNER_SOURCE
        : null;
  }
}
