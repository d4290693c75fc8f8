package io.arbalest.antispoof.rules;

/**
 * An 802.1Q or 802.1ad tag.
 *
 * @param protocol the EtherType that announced it, such as 0x8100
 * @param control its 16 bits: priority, DEI (once CFI), VLAN identifier
 */
public record VlanTag(int protocol, int control) {
  /** The EtherType of a customer tag, IEEE 802.1Q. */
  public static final int CUSTOMER = 0x8100;

  /** The EtherType of a service tag, IEEE 802.1ad. */
  public static final int SERVICE = 0x88a8;

  /** The drop eligible bit, once the canonical format bit. */
  public static final int DEI = 0x1000;

  /** The bits of the VLAN identifier; 0 is a priority tag. */
  public static final int VID = 0x0fff;
}
