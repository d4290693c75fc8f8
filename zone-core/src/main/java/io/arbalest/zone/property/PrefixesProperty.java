package io.arbalest.zone.property;

import io.arbalest.linux.net.IpPrefix;

/** A property whose values are addresses and networks. */
abstract sealed class PrefixesProperty extends ListProperty<IpPrefix>
    permits AllowedIps, RoutedPrefixes, TrustedServers {
  private final int shortest;

  /**
   * @param shortest the least length of a prefix
   */
  PrefixesProperty(String name, int most, int shortest) {
    super(name, most);
    this.shortest = shortest;
  }

  @Override
  public final String possible() {
    return "";
  }

  @Override
  public final boolean isLong() {
    return true;
  }

  @Override
  final IpPrefix parse(String word) {
    IpPrefix prefix = IpPrefix.parse(word);
    if (!prefix.network().equals(prefix)) {
      throw new IllegalArgumentException(
          "'%s': host bits must be zero; %s or %s is allowed"
              .formatted(word, IpPrefix.host(prefix.address()), prefix.network()));
    }
    if (prefix.length() < shortest) {
      throw new IllegalArgumentException(
          "'%s': the length must be %d or more".formatted(word, shortest));
    }
    if (isHost(prefix) && prefix.address().isAnyLocalAddress()) {
      throw new IllegalArgumentException("'" + word + "': not the unspecified address");
    }
    return prefix;
  }

  private static boolean isHost(IpPrefix prefix) {
    return IpPrefix.host(prefix.address()).equals(prefix);
  }
}
