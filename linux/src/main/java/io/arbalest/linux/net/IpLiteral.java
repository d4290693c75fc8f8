package io.arbalest.linux.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * IP addresses as text: strict reading without name look-ups, and the one canonical writing.
 *
 * <p>IPv4 is four decimal numbers without leading zeros. IPv6 is RFC 4291 section 2.2, written as
 * RFC 5952 section 4 asks. Scopes ({@code %eth0}) and IPv4-mapped IPv6 addresses are refused: the
 * first belong to a link, the second would change family when Java reads them.
 */
public final class IpLiteral {
  private static final String ALLOWED = "an IPv4 address a.b.c.d or an IPv6 address is allowed";

  private IpLiteral() {}

  /**
   * Reads an IPv4 or IPv6 address.
   *
   * @throws InvalidAddressException if the text is anything else, a host name included
   */
  public static InetAddress parse(String text) {
    if (text.indexOf(':') < 0) {
      return ofBytes(parse4(text));
    }
    if (!text.chars().allMatch(IpLiteral::belongsInIpv6)) {
      throw InvalidAddressException.of("IP address", text, ALLOWED);
    }
    InetAddress address = parse6(text);
    if (address instanceof Inet4Address) {
      throw InvalidAddressException.of(
          "IP address", text, "write an IPv4-mapped address as the IPv4 address it maps");
    }
    return address;
  }

  private static boolean belongsInIpv6(int c) {
    return c < 128 && (Character.digit(c, 16) >= 0 || c == ':' || c == '.');
  }

  private static InetAddress parse6(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      InvalidAddressException refusal = InvalidAddressException.of("IP address", text, ALLOWED);
      refusal.initCause(e);
      throw refusal;
    }
  }

  private static byte[] parse4(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] octets = new byte[4];
    if (parts.length != octets.length) {
      throw InvalidAddressException.of("IP address", text, ALLOWED);
    }
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) octet(parts[i], text);
    }
    return octets;
  }

  private static int octet(String part, String text) {
    boolean digits = part.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean leadingZero = part.length() > 1 && part.startsWith("0");
    int value = part.isEmpty() || part.length() > 3 || !digits ? -1 : Integer.parseInt(part);
    if (value < 0 || value > 255 || leadingZero) {
      throw InvalidAddressException.of("IP address", text, ALLOWED);
    }
    return value;
  }

  /**
   * The address of 4 or 16 octets in network order.
   *
   * @throws InvalidAddressException for any other length
   */
  public static InetAddress ofBytes(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new InvalidAddressException("an IP address has 4 or 16 octets, not " + octets.length);
    }
  }

  /** Writes an address: IPv4 as {@code a.b.c.d}, IPv6 by RFC 5952 ({@code fd42::10}). */
  public static String format(InetAddress address) {
    return address instanceof Inet4Address
        ? address.getHostAddress()
        : format6(address.getAddress());
  }

  private static String format6(byte[] octets) {
    int[] groups = new int[8];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff);
    }
    int start = longestZeroRun(groups);
    int end = start < 0 ? -1 : zeroRunEnd(groups, start);
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < groups.length; i++) {
      if (i == start) {
        text.append("::");
        i = end - 1;
        continue;
      }
      text.append(i == 0 || i == end ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }

  /** The start of the first longest run of two or more zero groups, or -1. */
  private static int longestZeroRun(int[] groups) {
    int best = -1;
    int length = 1;
    for (int i = 0; i < groups.length; i++) {
      int run = zeroRunEnd(groups, i) - i;
      if (run > length) {
        best = i;
        length = run;
      }
    }
    return best;
  }

  private static int zeroRunEnd(int[] groups, int from) {
    int i = from;
    while (i < groups.length && groups[i] == 0) {
      i++;
    }
    return i;
  }
}
