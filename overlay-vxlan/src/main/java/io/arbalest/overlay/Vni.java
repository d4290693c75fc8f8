package io.arbalest.overlay;

/**
 * A VXLAN network identifier, RFC 7348 section 5: 24 bits.
 *
 * @param value 0 to {@link #MAX}
 */
public record Vni(int value) implements Comparable<Vni> {
  /** The largest identifier, 2^24 - 1. */
  public static final int MAX = 0xff_ffff;

  /**
   * @throws IllegalArgumentException if the value does not fit in 24 bits
   */
  public Vni {
    if (value < 0 || value > MAX) {
      throw new IllegalArgumentException(
          "invalid VNI '" + value + "': 0 to " + MAX + " are allowed");
    }
  }

  @Override
  public int compareTo(Vni other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
