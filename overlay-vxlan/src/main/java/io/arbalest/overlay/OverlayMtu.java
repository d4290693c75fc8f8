package io.arbalest.overlay;

import io.arbalest.vnic.Mtu;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.OptionalInt;

/**
 * The arithmetic of an overlay's MTU: what the underlay carries, less what VXLAN adds.
 *
 * <p>Nothing is fragmented on the underlay, so the inner MTU is chosen such that the longest inner
 * frame fits. The outer Ethernet header is not part of an MTU, the inner one is part of the
 * payload.
 */
public final class OverlayMtu {
  /** The least that a VNIC may have. */
  public static final int MIN = Mtu.MIN;

  /** The most that a VNIC may have; a larger underlay does not help. */
  public static final int MAX = Mtu.MAX;

  private static final int ETHERNET = 14;
  private static final int VXLAN = 8;
  private static final int UDP = 8;
  private static final int IPV4 = 20;
  private static final int IPV6 = 40;

  private OverlayMtu() {}

  /** Bytes that VXLAN adds on an underlay of this address's family: 50 on IPv4, 70 on IPv6. */
  public static int overhead(InetAddress underlay) {
    return ETHERNET + VXLAN + UDP + (underlay instanceof Inet4Address ? IPV4 : IPV6);
  }

  /**
   * The MTU for an overlay's VNICs.
   *
   * @param wanted what the spec asks for
   * @param underlay this host's underlay address
   * @param underlayMtu of the link it is on, or of the smallest route to a peer
   * @throws OverlayPropertyException if more is wanted than the underlay leaves, or it leaves less
   *     than {@link #MIN}; the message has the numbers
   */
  public static int inner(OptionalInt wanted, InetAddress underlay, int underlayMtu) {
    int left = Math.min(underlayMtu - overhead(underlay), MAX);
    int mtu = wanted.orElse(left);
    if (mtu > left || mtu < MIN) {
      throw OverlayPropertyException.of(
          OverlayProperty.MTU,
          Integer.toString(mtu),
          MIN
              + " to "
              + left
              + " (the underlay's "
              + underlayMtu
              + " less "
              + overhead(underlay)
              + " for VXLAN)");
    }
    return mtu;
  }

  /**
   * Checks an MTU against the bounds that hold on every underlay.
   *
   * @throws OverlayPropertyException if it is outside of them
   */
  static void check(int mtu) {
    if (mtu < MIN || mtu > MAX) {
      throw OverlayPropertyException.of(
          OverlayProperty.MTU, Integer.toString(mtu), "an integer from " + MIN + " to " + MAX);
    }
  }
}
