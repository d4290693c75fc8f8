package io.arbalest.overlay.path;

/** Field offsets of IPv4 (RFC 791) and IPv6 (RFC 8200) headers, from the header's first octet. */
final class Ip {
  static final int V4_TOTAL_LENGTH = 2;
  static final int V4_ID = 4;
  static final int V4_FRAGMENT = 6;
  static final int V4_PROTOCOL = 9;
  static final int V4_CHECKSUM = 10;
  static final int V4_SOURCE = 12;
  static final int V4_DESTINATION = 16;

  /** Octets of a header without options. */
  static final int V4_HEADER = 20;

  /** First octet of a header without options: version 4, five words. */
  static final int V4_PLAIN = 0x45;

  /** Don't-fragment bit of the fragment field. */
  static final int V4_DF = 0x4000;

  /** More-fragments bit and offset of the fragment field: either makes it a fragment. */
  static final int V4_FRAGMENTED = 0x3fff;

  static final int V6_PAYLOAD_LENGTH = 4;
  static final int V6_NEXT_HEADER = 6;
  static final int V6_SOURCE = 8;
  static final int V6_DESTINATION = 24;

  /** Octets of a header without extension headers. */
  static final int V6_HEADER = 40;

  static final int PROTOCOL_TCP = 6;
  static final int PROTOCOL_UDP = 17;

  /** The largest value of either length field. */
  static final int MAX_LENGTH = 0xffff;

  private Ip() {}
}
