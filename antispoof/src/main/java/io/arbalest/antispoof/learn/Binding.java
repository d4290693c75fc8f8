package io.arbalest.antispoof.learn;

import io.arbalest.antispoof.DynamicMethod;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.vnic.VnicKey;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * An address that a VNIC has got.
 *
 * @param vnic whose it is
 * @param method by which
 * @param server who granted it: a DHCP server's address, a DHCPv6 server's DUID in hex, a router's
 *     address; empty for a link-local address, which nobody grants
 * @param client who it was granted to: a client identifier or DUID in hex; empty if the method has
 *     none
 * @param until when it ends, in nanoseconds since the machine started, or {@link #FOREVER}
 */
public record Binding(
    VnicKey vnic,
    InetAddress address,
    DynamicMethod method,
    String server,
    String client,
    long until) {
  /** Without end. */
  public static final long FOREVER = Long.MAX_VALUE;

  /** By VNIC, then IPv4 before IPv6, then as numbers. */
  static final Comparator<Binding> ORDER =
      Comparator.comparing(Binding::vnic)
          .thenComparing(binding -> binding.address().getAddress().length)
          .thenComparing(binding -> HexFormat.of().formatHex(binding.address().getAddress()));

  private static final long NANOS = 1_000_000_000L;

  /** When something ends that a message of this moment gives so many seconds. */
  static long until(long now, long seconds, long forever) {
    return seconds == forever ? FOREVER : now + seconds * NANOS;
  }

  boolean isBy(DynamicMethod other) {
    return method == other;
  }

  boolean isFor(ClientId id) {
    return client.equals(id.hex());
  }

  Binding endingAt(long end) {
    return new Binding(vnic, address, method, server, client, end);
  }

  /** Whole seconds that are left at a moment, 0 after the end; {@link #FOREVER} without end. */
  public long secondsLeft(long now) {
    return until == FOREVER ? FOREVER : Math.max(0, until - now) / NANOS;
  }

  @Override
  public String toString() {
    return vnic + " " + IpLiteral.format(address) + " by " + method.label();
  }
}
