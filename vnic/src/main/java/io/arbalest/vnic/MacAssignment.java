package io.arbalest.vnic;

import io.arbalest.linux.net.MacAddress;
import java.security.SecureRandom;

/**
 * A VNIC's MAC address and where it came from. Made once; a spec carries it from then on, so that a
 * VNIC keeps its address over restarts.
 *
 * @param address unicast, not zero
 * @param type fixed or random
 */
public record MacAssignment(MacAddress address, MacAddressType type) {
  /** illumos's default prefix of random addresses, locally administered. */
  private static final long PREFIX = 0x020820L << 24;

  /**
   * @throws LinkException {@code invalid MAC address} if it is zero or a group's
   */
  public MacAssignment {
    if (!address.isUnicast()) {
      throw new LinkException(
          LinkStatus.INVALID_MAC_ADDRESS,
          "'"
              + address
              + "' is not a unicast address; the first octet must be even and not all"
              + " octets zero");
    }
  }

  /** An address that the operator chose. */
  public static MacAssignment fixed(MacAddress address) {
    return new MacAssignment(address, MacAddressType.FIXED);
  }

  /** A fresh address under 02:08:20, with 24 random bits. */
  public static MacAssignment random(SecureRandom random) {
    return new MacAssignment(
        MacAddress.of(PREFIX | random.nextInt(1 << 24)), MacAddressType.RANDOM);
  }
}
