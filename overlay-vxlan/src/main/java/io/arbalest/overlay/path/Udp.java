package io.arbalest.overlay.path;

/** Field offsets of a UDP header, RFC 768, and what Linux calls its offloads. */
final class Udp {
  static final int PORTS = 0;
  static final int LENGTH = 4;
  static final int CHECKSUM = 6;
  static final int HEADER = 8;

  private Udp() {}
}
