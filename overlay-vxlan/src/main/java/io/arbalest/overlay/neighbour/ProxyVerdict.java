package io.arbalest.overlay.neighbour;

/** What becomes of a group-addressed frame that a zone sends into the overlay. */
public enum ProxyVerdict {
  /** A copy goes to every VTEP of the network. */
  REPLICATE(0),
  /** The reply buffer holds an ARP reply for the sender; the frame itself ends here. */
  ARP_REPLY(ArpPacket.FRAME_LENGTH),
  /** The reply buffer holds a neighbour advertisement for the sender; the frame ends here. */
  NEIGHBOUR_ADVERTISEMENT(NeighbourAdvertisement.FRAME_LENGTH),
  /** The frame's destination MAC was rewritten to one station: forward it as unicast. */
  UNICAST(0),
  /** The one station that can answer is on this host and has its copy: the frame ends here. */
  LOCAL(0),
  /** ARP or neighbour discovery that breaks its RFC: dropped. */
  MALFORMED(0),
  /** The sender claims an address that the directory places with another MAC: dropped. */
  FALSE_CLAIM(0);

  private final int replyLength;

  ProxyVerdict(int replyLength) {
    this.replyLength = replyLength;
  }

  /** Octets of the frame in the reply buffer; 0 when there is none. */
  public int replyLength() {
    return replyLength;
  }
}
