package io.arbalest.overlay;

import java.util.Locale;

/** Why a frame was not passed on. A drop without one of these cannot be written. */
public enum DropReason {
  /** The zone sent to a MAC address that the directory does not place. */
  UNKNOWN_DESTINATION(Direction.OUT),
  /** The directory places the destination on this host, yet the switch did not know it. */
  LOCAL_DESTINATION(Direction.OUT),
  /** A group frame of an overlay that has no other VTEP. */
  NO_VTEP(Direction.OUT),
  /** The slow path refused it, such as a question that the directory cannot answer. */
  REFUSED_BY_DIRECTORY(Direction.OUT),
  /** ARP or neighbour discovery that breaks its RFC. */
  BAD_NEIGHBOUR_MESSAGE(Direction.OUT),
  /** ARP or neighbour discovery that claims an address which the directory places elsewhere. */
  FALSE_CLAIM(Direction.OUT),
  /** The TAP's queue was full, or no daemon was there to read it; a super-frame counts once. */
  QUEUE_FULL(Direction.OUT),
  /** No Ethernet header, or an offload header that contradicts the frame. */
  BAD_FRAME(Direction.OUT),
  /** An offload that was never asked for. */
  UNKNOWN_OFFLOAD(Direction.OUT),
  /** The underlay has no buffer (ENOBUFS, ENOMEM). */
  NO_BUFFER(Direction.OUT),
  /** The frame is too long for the underlay (EMSGSIZE), sent alone. */
  TOO_LONG(Direction.OUT),
  /** The underlay has no way to the VTEP (ENETUNREACH, EHOSTUNREACH, ENETDOWN, EADDRNOTAVAIL). */
  UNREACHABLE(Direction.OUT),
  /** The underlay refused it for another reason, such as a firewall's EPERM. */
  SEND_REFUSED(Direction.OUT),

  /** Shorter than a VXLAN header and an Ethernet header. */
  RUNT(Direction.IN),
  /** The kernel dropped it at the socket: its buffer was full, or the outer checksum was wrong. */
  SOCKET_FULL(Direction.IN),
  /** Longer than the receive buffer. */
  TRUNCATED(Direction.IN),
  /** The I flag is clear: no valid VNI. */
  NO_VNI(Direction.IN),
  /** A reserved bit is set. RFC 7348 says ignore, Linux drops. */
  RESERVED_BITS(Direction.IN),
  /** No overlay with that VNI at this address and port. */
  UNKNOWN_VNI(Direction.IN),
  /** The outer source is not a VTEP of the VNI. */
  WRONG_OUTER_SOURCE(Direction.IN),
  /** The directory places the inner source MAC elsewhere, or it is zero or a group address. */
  WRONG_INNER_SOURCE(Direction.IN),
  /** The zones' side refused the frame's offload header (EINVAL). */
  DELIVERY_REFUSED(Direction.IN),
  /** The zones' side is down or gone (EIO, EBADFD). */
  LINK_DOWN(Direction.IN),
  /** The zones' side has no buffer (ENOBUFS, ENOMEM, EAGAIN). */
  DELIVERY_NO_BUFFER(Direction.IN);

  /** Which way the frame was going. */
  public enum Direction {
    /** From the zones to the underlay. */
    OUT,
    /** From the underlay to the zones. */
    IN
  }

  private final Direction direction;

  DropReason(Direction direction) {
    this.direction = direction;
  }

  public Direction direction() {
    return direction;
  }

  /** The stable name for people and JSON: {@code unknown-vni}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
