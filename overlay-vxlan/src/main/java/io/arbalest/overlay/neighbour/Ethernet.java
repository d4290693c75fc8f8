package io.arbalest.overlay.neighbour;

/** The Ethernet II header, IEEE 802.3: offsets and the types that matter here. */
final class Ethernet {
  static final int DESTINATION = 0;
  static final int SOURCE = 6;
  static final int TYPE = 12;
  static final int HEADER_LENGTH = 14;

  static final int TYPE_IPV4 = 0x0800;
  static final int TYPE_ARP = 0x0806;
  static final int TYPE_IPV6 = 0x86dd;

  static final long BROADCAST = 0xffff_ffff_ffffL;

  private Ethernet() {}
}
