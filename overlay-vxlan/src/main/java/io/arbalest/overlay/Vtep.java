package io.arbalest.overlay;

import io.arbalest.linux.net.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A VXLAN tunnel end point: the underlay address and UDP port that receive an overlay's datagrams.
 *
 * @param address a resolved IPv4 or IPv6 unicast address and a port from 1 to 65535
 */
public record Vtep(InetSocketAddress address) {
  /** The port that IANA assigned to VXLAN. */
  public static final int DEFAULT_PORT = 4789;

  /**
   * @throws IllegalArgumentException if the address is unresolved, a group, the wildcard, or the
   *     port is 0
   */
  public Vtep {
    InetAddress ip = address.getAddress();
    if (ip == null || ip.isMulticastAddress() || ip.isAnyLocalAddress() || address.getPort() == 0) {
      throw new IllegalArgumentException(
          "invalid VTEP '" + address + "': a unicast IP address and a port from 1 are allowed");
    }
  }

  /** The end point at a port of an address. */
  public static Vtep of(InetAddress ip, int port) {
    return new Vtep(new InetSocketAddress(ip, port));
  }

  public InetAddress ip() {
    return address.getAddress();
  }

  public int port() {
    return address.getPort();
  }

  /** {@code 192.0.2.1:4789} or {@code [2001:db8::1]:4789}. */
  @Override
  public String toString() {
    String host = IpLiteral.format(ip());
    return (ip() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port();
  }
}
