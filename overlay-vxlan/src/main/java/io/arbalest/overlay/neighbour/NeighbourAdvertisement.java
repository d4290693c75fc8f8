package io.arbalest.overlay.neighbour;

import java.lang.foreign.MemorySegment;

/** Writes the answer to a neighbour solicitation, RFC 4861 section 7.2.4. */
final class NeighbourAdvertisement {
  private static final int MESSAGE_LENGTH =
      NeighbourMessage.FIXED_LENGTH + NeighbourMessage.OPTION_UNIT;

  /** Octets of the frame. */
  static final int FRAME_LENGTH = Ipv6Header.PAYLOAD + MESSAGE_LENGTH;

  private static final int SOLICITED = 0x4000_0000;
  private static final int OVERRIDE = 0x2000_0000;
  private static final long ALL_NODES_HIGH = 0xff02_0000_0000_0000L;
  private static final long ALL_NODES_LOW = 1;

  private NeighbourAdvertisement() {}

  /**
   * Writes the advertisement "the target is at {@code owner}".
   *
   * <p>To a probe from {@code ::} it is addressed to all nodes, unsolicited, as the RFC asks; its
   * Ethernet destination is the prober all the same (RFC 6085), because nobody else has a use for
   * it.
   */
  static void write(MemorySegment solicitation, long owner, MemorySegment reply) {
    boolean probe = NeighbourMessage.isFromUnspecified(solicitation);
    Octets.putMac(reply, Ethernet.DESTINATION, Octets.mac(solicitation, Ethernet.SOURCE));
    Octets.putMac(reply, Ethernet.SOURCE, owner);
    Octets.putU16(reply, Ethernet.TYPE, Ethernet.TYPE_IPV6);
    Ipv6Header.writeIcmp(reply, MESSAGE_LENGTH);
    copyAddress(solicitation, NeighbourMessage.TARGET, reply, Ipv6Header.SOURCE);
    if (probe) {
      Octets.putU64(reply, Ipv6Header.DESTINATION, ALL_NODES_HIGH);
      Octets.putU64(reply, Ipv6Header.DESTINATION + 8, ALL_NODES_LOW);
    } else {
      copyAddress(solicitation, Ipv6Header.SOURCE, reply, Ipv6Header.DESTINATION);
    }
    writeMessage(solicitation, owner, reply, probe ? OVERRIDE : SOLICITED | OVERRIDE);
  }

  private static void writeMessage(
      MemorySegment solicitation, long owner, MemorySegment reply, int flags) {
    Octets.putU8(reply, NeighbourMessage.TYPE, NeighbourMessage.ADVERTISEMENT);
    Octets.putU8(reply, NeighbourMessage.CODE, 0);
    Octets.putU16(reply, NeighbourMessage.CHECKSUM, 0);
    Octets.putU32(reply, NeighbourMessage.FLAGS, flags);
    copyAddress(solicitation, NeighbourMessage.TARGET, reply, NeighbourMessage.TARGET);
    Octets.putU8(reply, NeighbourMessage.OPTIONS, NeighbourMessage.OPTION_TARGET_MAC);
    Octets.putU8(reply, NeighbourMessage.OPTIONS + 1, 1);
    Octets.putMac(reply, NeighbourMessage.OPTIONS + 2, owner);
    Octets.putU16(reply, NeighbourMessage.CHECKSUM, Ipv6Header.icmpChecksum(reply));
  }

  private static void copyAddress(MemorySegment from, long at, MemorySegment to, long where) {
    MemorySegment.copy(from, at, to, where, 16);
  }
}
