package io.arbalest.antispoof.learn;

import io.arbalest.antispoof.learn.IpAddresses.Half;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * A prefix that a router told a VNIC to make addresses of.
 *
 * @param prefix its first address; it is 64 bits long
 * @param router who advertised it last
 * @param until when it ends, in nanoseconds since the machine started, or {@link Binding#FOREVER}
 */
public record LearnedPrefix(InetAddress prefix, InetAddress router, long until) {
  /**
   * @throws IllegalArgumentException if it is none of IPv6
   */
  public LearnedPrefix {
    if (!(prefix instanceof Inet6Address)) {
      throw new IllegalArgumentException("prefix " + prefix + " is not of IPv6");
    }
  }

  Half half() {
    return Half.high((Inet6Address) prefix);
  }
}
