package io.arbalest.overlay;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The eight octets of a VXLAN header, RFC 7348 section 5.
 *
 * <pre>
 *   0                   1                   2                   3
 *  +-+-+-+-+-+-+-+-+-----------------------------------------------+
 *  |R|R|R|R|I|R|R|R|                   reserved                    |
 *  +-+-+-+-+-+-+-+-+-----------------------------------------------+
 *  |                      VNI                      |   reserved    |
 *  +-----------------------------------------------+---------------+
 * </pre>
 *
 * <p>The packet loop uses the {@code int} forms, which allocate nothing.
 */
public final class VxlanCodec {
  /** Octets of a header. */
  public static final int LENGTH = 8;

  private static final int FLAGS = 0;
  private static final int NETWORK = 4;
  private static final int I_FLAG = 0x0800_0000;
  private static final int VNI_SHIFT = 8;
  private static final int RESERVED_BELOW_VNI = 0xff;

  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private VxlanCodec() {}

  /**
   * Writes a header.
   *
   * @param vni 0 to {@link Vni#MAX}
   * @throws IndexOutOfBoundsException if the segment has no room for it there
   */
  public static void encode(MemorySegment out, long offset, int vni) {
    out.set(WORD, offset + FLAGS, I_FLAG);
    out.set(WORD, offset + NETWORK, vni << VNI_SHIFT);
  }

  /** The header's octets. */
  public static byte[] encode(VxlanHeader header) {
    byte[] octets = new byte[LENGTH];
    encode(MemorySegment.ofArray(octets), 0, header.vni().value());
    return octets;
  }

  /** Whether the I flag is set, so that the VNI is valid. */
  public static boolean hasVni(MemorySegment in, long offset) {
    return (in.get(WORD, offset + FLAGS) & I_FLAG) != 0;
  }

  /** Whether a bit is set that RFC 7348 reserves. */
  public static boolean hasReservedBits(MemorySegment in, long offset) {
    return (in.get(WORD, offset + FLAGS) & ~I_FLAG) != 0
        || (in.get(WORD, offset + NETWORK) & RESERVED_BELOW_VNI) != 0;
  }

  /** The VNI field, whatever the flags say. */
  public static int vni(MemorySegment in, long offset) {
    return in.get(WORD, offset + NETWORK) >>> VNI_SHIFT;
  }

  /**
   * Reads the header at the start of a datagram as Linux does: the I flag set, no reserved bit.
   *
   * @return empty if there is no such header
   */
  public static Optional<VxlanHeader> decode(byte[] datagram) {
    MemorySegment in = MemorySegment.ofArray(datagram);
    if (datagram.length < LENGTH || !hasVni(in, 0) || hasReservedBits(in, 0)) {
      return Optional.empty();
    }
    return Optional.of(new VxlanHeader(new Vni(vni(in, 0))));
  }
}
