package io.arbalest.overlay.path;

import io.arbalest.overlay.Vni;
import java.net.InetSocketAddress;

/**
 * How an overlay is attached to the underlay.
 *
 * @param vni the overlay's network; one port for each VNI of a local address
 * @param local the address and UDP port to receive at and to send from; the wildcard address is
 *     allowed, port 0 is not
 * @param mtu the largest IP packet of the zones, in bytes
 * @param ignoreReservedBits accept datagrams with reserved VXLAN bits set, as RFC 7348 asks,
 *     instead of dropping them, as Linux does
 * @param udpSuperFrames whether the TAP takes UDP super-frames (TUN_F_USO4 and TUN_F_USO6 were
 *     accepted, Linux 6.2)
 */
public record PortSpec(
    Vni vni, InetSocketAddress local, int mtu, boolean ignoreReservedBits, boolean udpSuperFrames) {
  /**
   * @throws IllegalArgumentException if the local address is unresolved, a group, or without port
   */
  public PortSpec {
    if (local.isUnresolved() || local.getAddress().isMulticastAddress() || local.getPort() == 0) {
      throw new IllegalArgumentException(
          "invalid listen address '" + local + "': an IP address of this host and a port from 1");
    }
  }

  /** The usual port: reserved bits are refused, the TAP takes UDP super-frames. */
  public static PortSpec of(Vni vni, InetSocketAddress local, int mtu) {
    return new PortSpec(vni, local, mtu, false, true);
  }
}
