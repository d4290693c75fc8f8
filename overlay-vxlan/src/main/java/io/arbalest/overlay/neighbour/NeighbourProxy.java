package io.arbalest.overlay.neighbour;

import java.lang.foreign.MemorySegment;

/**
 * Decides what becomes of each group-addressed frame that leaves for the overlay, and answers ARP
 * and neighbour solicitations out of an {@link AddressBook}. The rules are in the package's text.
 *
 * <p>Stateless and allocation-free; safe for use by several threads as long as they bring their own
 * buffers.
 */
public final class NeighbourProxy {
  /** Octets that a reply buffer must hold. */
  public static final int REPLY_CAPACITY = 128;

  private NeighbourProxy() {}

  /**
   * Judges one frame.
   *
   * @param frame the whole Ethernet frame, of any length and content, with a group destination; its
   *     destination is rewritten when the verdict is {@link ProxyVerdict#UNICAST}. Its checksums
   *     are complete
   * @param book who has which address
   * @param reply at least {@link #REPLY_CAPACITY} octets; written only when the verdict has a reply
   */
  public static ProxyVerdict examine(MemorySegment frame, AddressBook book, MemorySegment reply) {
    if (frame.byteSize() < Ethernet.HEADER_LENGTH) {
      return ProxyVerdict.MALFORMED;
    }
    return switch (Octets.u16(frame, Ethernet.TYPE)) {
      case Ethernet.TYPE_ARP -> examineArp(frame, book, reply);
      case Ethernet.TYPE_IPV6 -> examineIpv6(frame, book, reply);
      case Ethernet.TYPE_IPV4 -> examineIpv4(frame, book);
      default -> ProxyVerdict.REPLICATE;
    };
  }

  private static ProxyVerdict examineArp(
      MemorySegment frame, AddressBook book, MemorySegment reply) {
    if (!ArpPacket.isWellFormed(frame)) {
      return ProxyVerdict.MALFORMED;
    }
    int sender = ArpPacket.senderIp(frame);
    int target = ArpPacket.targetIp(frame);
    boolean announcement = sender == target;
    boolean request = ArpPacket.isRequest(frame);
    boolean falseClaim = isElsewhere(frame, book.macOf(sender));
    if (falseClaim && !(announcement && request)) {
      return ProxyVerdict.FALSE_CLAIM;
    }
    if (!request || (announcement && !falseClaim)) {
      return ProxyVerdict.REPLICATE;
    }
    long owner = book.macOf(target);
    ProxyVerdict verdict = whoAnswers(frame, owner, book, ProxyVerdict.ARP_REPLY);
    if (verdict == ProxyVerdict.ARP_REPLY) {
      ArpPacket.writeReply(frame, owner, reply);
    }
    return verdict;
  }

  private static ProxyVerdict examineIpv6(
      MemorySegment frame, AddressBook book, MemorySegment reply) {
    if (!Ipv6Header.isWellFormed(frame)) {
      return ProxyVerdict.MALFORMED;
    }
    if (!NeighbourMessage.isOne(frame)) {
      return ProxyVerdict.REPLICATE;
    }
    if (!NeighbourMessage.isWellFormed(frame)) {
      return ProxyVerdict.MALFORMED;
    }
    if (isElsewhere(frame, macAt(frame, Ipv6Header.SOURCE, book))) {
      return ProxyVerdict.FALSE_CLAIM;
    }
    long owner = macAt(frame, NeighbourMessage.TARGET, book);
    if (!NeighbourMessage.isSolicitation(frame)) {
      return isElsewhere(frame, owner) ? ProxyVerdict.FALSE_CLAIM : ProxyVerdict.REPLICATE;
    }
    ProxyVerdict verdict = whoAnswers(frame, owner, book, ProxyVerdict.NEIGHBOUR_ADVERTISEMENT);
    if (verdict == ProxyVerdict.NEIGHBOUR_ADVERTISEMENT) {
      NeighbourAdvertisement.write(frame, owner, reply);
    }
    return verdict;
  }

  private static ProxyVerdict examineIpv4(MemorySegment frame, AddressBook book) {
    if (Octets.mac(frame, Ethernet.DESTINATION) != Ethernet.BROADCAST
        || !DhcpRequest.isOne(frame)) {
      return ProxyVerdict.REPLICATE;
    }
    long proxy = book.dhcpProxyOf(Octets.mac(frame, Ethernet.SOURCE));
    if (proxy == AddressBook.NONE) {
      return ProxyVerdict.REPLICATE;
    }
    Octets.putMac(frame, Ethernet.DESTINATION, proxy);
    return ProxyVerdict.UNICAST;
  }

  private static ProxyVerdict whoAnswers(
      MemorySegment frame, long owner, AddressBook book, ProxyVerdict answer) {
    if (!isElsewhere(frame, owner)) {
      return ProxyVerdict.REPLICATE;
    }
    return book.isLocal(owner) ? ProxyVerdict.LOCAL : answer;
  }

  /** Whether an owner is known and is not the sender of the frame. */
  private static boolean isElsewhere(MemorySegment frame, long owner) {
    return owner != AddressBook.NONE && owner != Octets.mac(frame, Ethernet.SOURCE);
  }

  private static long macAt(MemorySegment frame, long at, AddressBook book) {
    return book.macOf(Octets.u64(frame, at), Octets.u64(frame, at + 8));
  }
}
