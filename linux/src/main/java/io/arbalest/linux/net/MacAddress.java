package io.arbalest.linux.net;

import java.util.HexFormat;

/**
 * An Ethernet MAC address (EUI-48), IEEE 802.
 *
 * <p>Immutable. {@link #toString()} writes the illumos form, {@code ether_ntoa}: lower-case hex
 * without leading zeros, {@code 2:8:20:6b:10:d4}.
 */
public final class MacAddress implements Comparable<MacAddress> {
  /** Octets in an address. */
  public static final int LENGTH = 6;

  /** {@code ff:ff:ff:ff:ff:ff}. */
  public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

  /** {@code 0:0:0:0:0:0}, which no station may have. */
  public static final MacAddress ZERO = new MacAddress(0);

  private static final long GROUP_BIT = 1L << 40;
  private static final long LOCAL_BIT = 1L << 41;
  private static final String ALLOWED =
      "six groups of one or two hex digits, joined by colons, are allowed";

  private final long bits;

  private MacAddress(long bits) {
    this.bits = bits;
  }

  /**
   * The address of six octets, first octet on the wire first.
   *
   * @throws InvalidAddressException if there are not exactly six
   */
  public static MacAddress of(byte[] octets) {
    if (octets.length != LENGTH) {
      throw InvalidAddressException.of(
          "MAC address", HexFormat.of().formatHex(octets), "exactly 6 octets are allowed");
    }
    long bits = 0;
    for (byte octet : octets) {
      bits = bits << 8 | (octet & 0xff);
    }
    return new MacAddress(bits);
  }

  /**
   * The address in the low 48 bits, first octet on the wire in the highest of them.
   *
   * @throws InvalidAddressException if a higher bit is set
   */
  public static MacAddress of(long bits) {
    if (bits >>> 48 != 0) {
      throw InvalidAddressException.of(
          "MAC address", Long.toHexString(bits), "only the low 48 bits may be set");
    }
    return new MacAddress(bits);
  }

  /**
   * Reads any form that {@code ether_aton(3)} reads: {@code 2:8:20:6b:10:d4}, {@code
   * 02:08:20:6B:10:D4}.
   *
   * @throws InvalidAddressException if the text is anything else
   */
  public static MacAddress parse(String text) {
    String[] groups = text.split(":", -1);
    if (groups.length != LENGTH) {
      throw InvalidAddressException.of("MAC address", text, ALLOWED);
    }
    long bits = 0;
    for (String group : groups) {
      bits = bits << 8 | octet(group, text);
    }
    return new MacAddress(bits);
  }

  private static int octet(String group, String text) {
    boolean hex = group.chars().allMatch(c -> c < 128 && HexFormat.isHexDigit(c));
    if (group.isEmpty() || group.length() > 2 || !hex) {
      throw InvalidAddressException.of("MAC address", text, ALLOWED);
    }
    return HexFormat.fromHexDigits(group);
  }

  /** The low 48 bits, first octet on the wire in the highest of them. */
  public long toLong() {
    return bits;
  }

  /** The six octets, in wire order; a fresh array each time. */
  public byte[] toBytes() {
    byte[] octets = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      octets[i] = (byte) (bits >>> (40 - 8 * i));
    }
    return octets;
  }

  /** Whether the group bit is set: multicast, broadcast included. */
  public boolean isMulticast() {
    return (bits & GROUP_BIT) != 0;
  }

  public boolean isBroadcast() {
    return equals(BROADCAST);
  }

  public boolean isZero() {
    return bits == 0;
  }

  /** Whether it may be a station's own address: neither zero nor a group. */
  public boolean isUnicast() {
    return !isMulticast() && !isZero();
  }

  /** Whether the locally-administered bit is set. */
  public boolean isLocal() {
    return (bits & LOCAL_BIT) != 0;
  }

  /** The form that Linux tools print: {@code 02:08:20:6b:10:d4}. */
  public String toColonHex() {
    return HexFormat.ofDelimiter(":").formatHex(toBytes());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(17);
    for (byte octet : toBytes()) {
      text.append(text.isEmpty() ? "" : ":").append(Integer.toHexString(octet & 0xff));
    }
    return text.toString();
  }

  @Override
  public int compareTo(MacAddress other) {
    return Long.compare(bits, other.bits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MacAddress mac && mac.bits == bits;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }
}
