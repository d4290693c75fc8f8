package io.arbalest.vnic;

/**
 * An etherstub: a switch with no wire.
 *
 * @param name its link name
 * @param mtu the largest MTU that its VNICs may have, in bytes
 */
public record EtherstubSpec(LinkName name, int mtu) {
  /** illumos's default for etherstubs. */
  public static final int DEFAULT_MTU = 9000;

  /**
   * @throws LinkException if the MTU is out of bounds
   */
  public EtherstubSpec {
    Mtu.check(mtu, Mtu.MAX);
  }

  public EtherstubSpec(LinkName name) {
    this(name, DEFAULT_MTU);
  }
}
