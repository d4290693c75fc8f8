package io.arbalest.antispoof.explain;

import io.arbalest.antispoof.rules.DropReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to do about a drop.
 *
 * @param properties the link properties that the rule looked at, the one to change first; empty if
 *     none has to do with it
 * @param change the change of a property that lets such frames through; empty if nobody should
 * @param advice a whole sentence, for people
 */
public record Remedy(List<String> properties, Optional<Change> change, String advice) {
  /** Stands for the address that the frame is about. */
  public static final String ADDRESS = "ADDRESS";

  /** Stands for the MAC address that the frame is about. */
  public static final String MAC = "MAC";

  /** Stands for the client identifier in the frame. */
  public static final String IDENTIFIER = "IDENTIFIER";

  /**
   * How a property changes.
   *
   * @param property its name
   * @param added values that come to those it has; perhaps one of the words that stand for another
   * @param removed values that it loses
   */
  public record Change(String property, List<String> added, List<String> removed) {
    public Change {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }

    /**
     * The property's values afterwards.
     *
     * @param present those it has
     * @param meant what an added word stands for, if that is known
     */
    public List<String> values(List<String> present, Optional<String> meant) {
      List<String> values = new ArrayList<>(present);
      values.removeAll(removed);
      added.forEach(word -> values.add(stands(word) ? meant.orElse(word) : word));
      return values;
    }

    private static boolean stands(String word) {
      return List.of(ADDRESS, MAC, IDENTIFIER).contains(word);
    }
  }

  public Remedy {
    properties = List.copyOf(properties);
  }

  /** The remedy of a reason; there is one for each. */
  public static Remedy of(DropReason reason) {
    return Remedies.find(reason)
        .orElseThrow(() -> new IllegalStateException("no remedy for " + reason.label()));
  }

  /** What the frame of such a drop is about: the value of its first fact that there is. */
  static Optional<String> subject(DropReason reason, Dissection frame) {
    return facts(reason).stream()
        .flatMap(name -> frame.facts().stream().filter(fact -> fact.name().equals(name)))
        .map(Dissection.Fact::value)
        .findFirst();
  }

  private static List<String> facts(DropReason reason) {
    return switch (reason) {
      case SOURCE_MAC -> List.of("ethernet source");
      case ARP_PROBE_TARGET -> List.of("arp target address");
      case ND_TARGET -> List.of("nd target");
      case DHCPV4_CLIENT_ID -> List.of("dhcp client identifier");
      case DHCPV6_CLIENT_ID -> List.of("dhcpv6 client identifier");
      default -> List.of("arp sender address", "ip source");
    };
  }
}
