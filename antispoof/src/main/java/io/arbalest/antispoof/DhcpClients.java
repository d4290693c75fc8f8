package io.arbalest.antispoof;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The DHCP client identifiers that a zone may use beside that of its MAC address.
 *
 * @param allowed in the order given (illumos's {@code allowed-dhcp-cids})
 * @param all whether any will do (illumos's {@code allow-all-dhcp-cids})
 */
public record DhcpClients(Set<ClientIdentifier> allowed, boolean all) {
  /** How many may be listed. */
  public static final int MAX = 32;

  /** None but that of the MAC address. */
  public static final DhcpClients OWN = new DhcpClients(Set.of(), false);

  public DhcpClients {
    allowed = Collections.unmodifiableSet(new LinkedHashSet<>(allowed));
    Limits.atMost("allowed-dhcp-cids", allowed, MAX);
  }

  /**
   * The identifiers of texts, see {@link ClientIdentifier}.
   *
   * @throws InvalidPolicyException if one has no meaning or there are too many
   */
  static DhcpClients parse(List<String> texts, boolean all) {
    List<ClientIdentifier> ids = texts.stream().map(ClientIdentifier::parse).toList();
    return new DhcpClients(new LinkedHashSet<>(Limits.distinct("allowed-dhcp-cids", ids)), all);
  }
}
