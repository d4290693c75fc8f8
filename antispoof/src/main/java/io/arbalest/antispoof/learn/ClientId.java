package io.arbalest.antispoof.learn;

import io.arbalest.linux.net.MacAddress;
import java.util.HexFormat;

/**
 * Who a client or a server says it is: a DHCP client identifier (RFC 2132 section 9.14), the
 * hardware address of a client that sends none, or a DUID of DHCPv6 (RFC 8415 section 11).
 *
 * @param hex the octets in lower-case hex
 */
public record ClientId(String hex) {
  /** The hardware type Ethernet, which precedes a hardware address in an identifier. */
  private static final String ETHERNET = "01";

  static ClientId of(Octets octets) {
    return new ClientId(HexFormat.of().formatHex(octets.copy()));
  }

  /** As RFC 2132 writes a hardware address. */
  static ClientId of(MacAddress mac) {
    return new ClientId(ETHERNET + HexFormat.of().formatHex(mac.toBytes()));
  }

  @Override
  public String toString() {
    return hex;
  }
}
