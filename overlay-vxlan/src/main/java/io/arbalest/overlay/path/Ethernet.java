package io.arbalest.overlay.path;

/**
 * Field offsets of an untagged Ethernet header, IEEE 802.3, and the types that the path looks at.
 */
final class Ethernet {
  static final int DESTINATION = 0;
  static final int SOURCE = 6;
  static final int TYPE = 12;
  static final int HEADER = 14;

  static final int TYPE_IPV4 = 0x0800;
  static final int TYPE_IPV6 = 0x86dd;
  static final int TYPE_VLAN = 0x8100;

  /** Octets that an 802.1Q tag adds before the type. */
  static final int VLAN_TAG = 4;

  /** The group bit of an address held in the low 48 bits of a long. */
  static final long GROUP_BIT = 1L << 40;

  private Ethernet() {}
}
