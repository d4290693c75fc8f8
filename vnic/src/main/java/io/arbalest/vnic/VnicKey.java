package io.arbalest.vnic;

import java.util.Comparator;
import java.util.Optional;

/**
 * Which VNIC: link names are unique within a zone, not across zones.
 *
 * @param zone the zone that has it; empty for the global zone
 * @param name its name there
 */
public record VnicKey(Optional<ZoneName> zone, LinkName name) implements Comparable<VnicKey> {
  private static final Comparator<VnicKey> ORDER =
      Comparator.comparing(VnicKey::zoneText).thenComparing(VnicKey::name);

  public static VnicKey of(ZoneName zone, LinkName name) {
    return new VnicKey(Optional.of(zone), name);
  }

  /** A VNIC of the global zone. */
  public static VnicKey global(LinkName name) {
    return new VnicKey(Optional.empty(), name);
  }

  /**
   * Reads what {@link #toString()} writes.
   *
   * @throws InvalidNameException if either part breaks its rules
   */
  public static VnicKey parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? global(new LinkName(text))
        : of(new ZoneName(text.substring(0, slash)), new LinkName(text.substring(slash + 1)));
  }

  private String zoneText() {
    return zone.map(ZoneName::text).orElse("");
  }

  @Override
  public int compareTo(VnicKey other) {
    return ORDER.compare(this, other);
  }

  /** {@code web/net0}, or {@code net0} in the global zone. */
  @Override
  public String toString() {
    return zone.map(z -> z + "/" + name).orElse(name.text());
  }
}
