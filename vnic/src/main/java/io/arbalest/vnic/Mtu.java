package io.arbalest.vnic;

/** The bounds of a link's MTU in bytes, the Ethernet header not counted. */
public final class Mtu {
  /** What IPv4 asks every host to take, RFC 1122 section 3.3.2. */
  public static final int MIN = 576;

  /** A jumbo frame; illumos's bound for VNICs and etherstubs. */
  public static final int MAX = 9000;

  private Mtu() {}

  /**
   * @throws LinkException if {@code mtu} is not in {@link #MIN}..{@code max}
   */
  static int check(int mtu, int max) {
    if (mtu < MIN || mtu > max) {
      throw new LinkException(
          LinkStatus.INVALID_VALUE, "mtu " + mtu + ", " + MIN + " to " + max + " is allowed");
    }
    return mtu;
  }
}
