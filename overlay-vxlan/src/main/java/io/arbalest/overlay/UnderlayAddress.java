package io.arbalest.overlay;

import io.arbalest.linux.net.InvalidAddressException;
import io.arbalest.linux.net.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;

/** Reads underlay addresses: an IP address that one host can have and others can reach. */
public final class UnderlayAddress {
  static final String ALLOWED =
      "one host's IPv4 or IPv6 address (no name, group, wildcard, broadcast or link-local address)";

  private UnderlayAddress() {}

  /**
   * Reads an address.
   *
   * @throws InvalidAddressException if it is not one, or one that no VTEP can have
   */
  public static InetAddress parse(String text) {
    InetAddress address = IpLiteral.parse(text);
    if (!isUsable(address)) {
      throw new InvalidAddressException(
          "invalid underlay address '" + text + "': " + ALLOWED + " is allowed");
    }
    return address;
  }

  /** Whether a VTEP can have the address. Link-local ones would need a link beside them. */
  public static boolean isUsable(InetAddress address) {
    return isHost(address) && !address.isLinkLocalAddress();
  }

  /** Whether one host can have the address: no group, no wildcard, nothing reserved. */
  public static boolean isHost(InetAddress address) {
    return !address.isMulticastAddress()
        && !address.isAnyLocalAddress()
        && !(address instanceof Inet4Address && isReserved4(address.getAddress()));
  }

  /**
   * 0/8, and 240/4 which holds the broadcast address: no host has these, RFC 1122 section 3.2.1.3.
   */
  private static boolean isReserved4(byte[] octets) {
    int first = octets[0] & 0xff;
    return first == 0 || first >= 240;
  }
}
