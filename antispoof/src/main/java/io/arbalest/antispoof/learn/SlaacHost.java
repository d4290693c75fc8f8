package io.arbalest.antispoof.learn;

import io.arbalest.antispoof.DynamicMethod;
import io.arbalest.antispoof.learn.IpAddresses.Half;
import io.arbalest.antispoof.learn.RouterAdvertisement.PrefixInformation;
import io.arbalest.linux.net.IpLiteral;
import java.net.Inet6Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The addresses that a zone makes by itself, RFC 4862.
 *
 * <p>The one of its MAC address is open as soon as a router has advertised the prefix. Any other,
 * as of RFC 7217 or RFC 8981, belongs to who first asks whether somebody has it (duplicate address
 * detection), as in RFC 6620; so do link-local ones. All end with their prefix.
 */
final class SlaacHost {
  /** Linux itself takes no more addresses than this by default ({@code max_addresses}). */
  static final int MAX_PREFIXES = 16;

  /** RFC 4862 section 5.5.3 (e), in nanoseconds. */
  static final long TWO_HOURS = 7_200_000_000_000L;

  private final Holdings holdings;
  private final Map<Half, LearnedPrefix> prefixes = new LinkedHashMap<>();

  SlaacHost(Holdings holdings) {
    this.holdings = holdings;
  }

  List<LearnedPrefix> prefixes() {
    return List.copyOf(prefixes.values());
  }

  /** Takes what was known before. */
  void resume(List<LearnedPrefix> known) {
    known.stream().limit(MAX_PREFIXES).forEach(prefix -> prefixes.put(prefix.half(), prefix));
  }

  /** A router advertisement on its way to the zone. */
  void hears(RouterAdvertisement advertisement, long now) {
    advertisement.prefixes().stream()
        .filter(PrefixInformation::makesAddresses)
        .forEach(information -> hears(advertisement.router(), information, now));
  }

  private void hears(Inet6Address router, PrefixInformation information, long now) {
    LearnedPrefix known = prefixes.get(information.half());
    long end = Binding.until(now, information.valid(), PrefixInformation.FOREVER);
    if (known == null && (information.valid() == 0 || prefixes.size() == MAX_PREFIXES)) {
      return;
    }
    Inet6Address first = Eui64.join(information.half(), new Half(0));
    LearnedPrefix prefix =
        new LearnedPrefix(first, router, known == null ? end : prolonged(known.until(), end, now));
    prefixes.put(prefix.half(), prefix);
    held(prefix).forEach(binding -> holdings.grant(binding.endingAt(prefix.until())));
    claim(Eui64.join(prefix.half(), Eui64.of(holdings.port().mac())), prefix);
  }

  /**
   * RFC 4862 section 5.5.3 (e): an advertisement, which anybody could have sent, may bring the end
   * nearer only down to two hours.
   */
  private static long prolonged(long known, long offered, long now) {
    long soon = now + TWO_HOURS;
    return offered > soon || offered > known ? offered : Math.min(known, soon);
  }

  private List<Binding> held(LearnedPrefix prefix) {
    return holdings.by(DynamicMethod.SLAAC).stream()
        .filter(
            binding ->
                binding.address() instanceof Inet6Address v6 && Half.high(v6).equals(prefix.half()))
        .toList();
  }

  private void claim(Inet6Address address, LearnedPrefix prefix) {
    boolean held = holdings.find(address).isPresent();
    if (!held && !IpAddresses.isRouterAnycast(address)) {
      holdings.grant(binding(address, IpLiteral.format(prefix.router()), prefix.until()));
    }
  }

  private Binding binding(Inet6Address address, String router, long until) {
    return new Binding(holdings.port().vnic(), address, DynamicMethod.SLAAC, router, "", until);
  }

  /** The zone asked whether somebody has an address that it wants. */
  void probes(Inet6Address address) {
    LearnedPrefix prefix = prefixes.get(Half.high(address));
    if (prefix != null) {
      claim(address, prefix);
    } else if (IpAddresses.isLinkLocal(address) && !isOwnLinkLocal(address)) {
      claimLinkLocal(address);
    }
  }

  /** That of the MAC address is in every policy. */
  private boolean isOwnLinkLocal(Inet6Address address) {
    return Half.low(address).equals(Eui64.of(holdings.port().mac()));
  }

  private void claimLinkLocal(Inet6Address address) {
    boolean held = holdings.find(address).isPresent();
    if (!held && !IpAddresses.isRouterAnycast(address)) {
      holdings.grant(binding(address, "", Binding.FOREVER));
    }
  }

  void expire(long now) {
    prefixes.values().removeIf(prefix -> prefix.until() <= now);
  }
}
