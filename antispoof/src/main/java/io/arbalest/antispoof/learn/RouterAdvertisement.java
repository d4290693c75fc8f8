package io.arbalest.antispoof.learn;

import io.arbalest.antispoof.learn.IpAddresses.Half;
import java.net.Inet6Address;
import java.util.List;

/**
 * A router advertisement that a host may believe, RFC 4861 section 6.1.2.
 *
 * @param router its link-local address
 * @param prefixes what it says about prefixes
 */
record RouterAdvertisement(Inet6Address router, List<PrefixInformation> prefixes) {

  RouterAdvertisement {
    prefixes = List.copyOf(prefixes);
  }

  /**
   * A prefix, RFC 4861 section 4.6.2.
   *
   * @param length in bits, 0 to 255 as it was sent
   * @param autonomous whether hosts may make addresses of it
   * @param valid lifetime in seconds; {@link #FOREVER} is without end
   * @param preferred lifetime in seconds
   */
  record PrefixInformation(
      Inet6Address prefix,
      int length,
      boolean onLink,
      boolean autonomous,
      long valid,
      long preferred) {
    static final long FOREVER = 0xffff_ffffL;

    /** What Ethernet's interface identifiers leave for a prefix, RFC 2464 section 4. */
    private static final int AUTONOMOUS_LENGTH = 64;

    /** Whether a host makes addresses of it, RFC 4862 section 5.5.3 (a) to (d). */
    boolean makesAddresses() {
      return autonomous
          && length == AUTONOMOUS_LENGTH
          && preferred <= valid
          && !prefix.isLinkLocalAddress()
          && IpAddresses.isStation(prefix);
    }

    Half half() {
      return Half.high(prefix);
    }
  }
}
