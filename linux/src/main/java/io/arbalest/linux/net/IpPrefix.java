package io.arbalest.linux.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * A host's address together with the length of its network's prefix: {@code 10.42.0.10/24}.
 *
 * <p>The address keeps its host bits; {@link #network()} clears them.
 *
 * @param address IPv4 or IPv6, without a scope
 * @param length bits of the network part: 0 to 32, or 0 to 128
 */
public record IpPrefix(InetAddress address, int length) {
  private static final String ALLOWED = "ADDRESS/LENGTH is allowed, with LENGTH from 0 to ";

  public IpPrefix {
    int max = address.getAddress().length * Byte.SIZE;
    if (length < 0 || length > max) {
      throw InvalidAddressException.of(
          "prefix", IpLiteral.format(address) + "/" + length, ALLOWED + max);
    }
    if (address instanceof Inet6Address v6
        && (v6.getScopedInterface() != null || v6.getScopeId() != 0)) {
      address = IpLiteral.ofBytes(address.getAddress());
    }
  }

  /**
   * Reads {@code 10.42.0.10/24} or {@code fd42::10/64}; a bare address means the whole length.
   *
   * @throws InvalidAddressException if the text is anything else
   */
  public static IpPrefix parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return host(IpLiteral.parse(text));
    }
    InetAddress address = IpLiteral.parse(text.substring(0, slash));
    String length = text.substring(slash + 1);
    int max = address.getAddress().length * Byte.SIZE;
    boolean digits = !length.isEmpty() && length.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || length.length() > 3 || Integer.parseInt(length) > max) {
      throw InvalidAddressException.of("prefix", text, ALLOWED + max);
    }
    return new IpPrefix(address, Integer.parseInt(length));
  }

  /** One address: /32 or /128. */
  public static IpPrefix host(InetAddress address) {
    return new IpPrefix(address, address.getAddress().length * Byte.SIZE);
  }

  public boolean isIpv4() {
    return address instanceof Inet4Address;
  }

  /** The same prefix with all host bits zero. */
  public IpPrefix network() {
    byte[] octets = address.getAddress();
    for (int i = 0; i < octets.length; i++) {
      int kept = Math.clamp(length - i * Byte.SIZE, 0, Byte.SIZE);
      octets[i] &= (byte) (0xff << (Byte.SIZE - kept));
    }
    return new IpPrefix(IpLiteral.ofBytes(octets), length);
  }

  /** Whether an address of the same family lies inside this network. */
  public boolean contains(InetAddress other) {
    return other.getAddress().length == address.getAddress().length
        && new IpPrefix(other, length).network().equals(network());
  }

  @Override
  public String toString() {
    return IpLiteral.format(address) + "/" + length;
  }
}
