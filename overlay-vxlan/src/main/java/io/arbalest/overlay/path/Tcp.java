package io.arbalest.overlay.path;

/** Field offsets and flags of a TCP header, RFC 9293. */
final class Tcp {
  static final int PORTS = 0;
  static final int SEQUENCE = 4;
  static final int ACKNOWLEDGEMENT = 8;
  static final int DATA_OFFSET = 12;
  static final int FLAGS = 13;
  static final int WINDOW = 14;
  static final int CHECKSUM = 16;
  static final int URGENT = 18;

  /** Octets of a header without options. */
  static final int HEADER = 20;

  static final int FIN = 0x01;
  static final int PSH = 0x08;
  static final int ACK = 0x10;
  static final int CWR = 0x80;

  private Tcp() {}

  /** Octets of the header whose data-offset octet is given: 0 to 60. */
  static int headerLength(int dataOffsetOctet) {
    return (dataOffsetOctet & 0xf0) >> 2;
  }
}
