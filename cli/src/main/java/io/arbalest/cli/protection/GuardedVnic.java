package io.arbalest.cli.protection;

import io.arbalest.antispoof.HostPolicy;
import io.arbalest.antispoof.PortPolicy;
import io.arbalest.antispoof.rules.PolicyView;
import io.arbalest.cli.host.HostView;
import io.arbalest.cli.host.LinkRow;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.zone.property.LinkProperties;
import io.arbalest.zone.property.LinkProperty;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A VNIC with its policy as it is at this moment.
 *
 * @param link the VNIC
 * @param learned what it has got by dynamic methods
 */
record GuardedVnic(LinkRow link, LinkRow.Vnic vnic, Set<InetAddress> learned) {
  static GuardedVnic of(HostView host, LinkRow link) {
    VnicKey key = new VnicKey(link.zone(), link.name());
    return new GuardedVnic(link, link.vnic().orElseThrow(), host.learned(key));
  }

  VnicKey key() {
    return new VnicKey(link.zone(), link.name());
  }

  /**
   * What the rule model judges by.
   *
   * @param vteps the host's tunnel end points
   */
  PolicyView policy(Set<InetSocketAddress> vteps) {
    VnicSpec spec =
        new VnicSpec(key(), vnic.over(), vnic.mac(), OptionalInt.empty(), vnic.protection());
    return new HostPolicy(PortPolicy.of(spec, learned), vteps);
  }

  /** Networks whose addresses are the VNIC's own. */
  List<IpPrefix> own() {
    return Stream.of(vnic.protection().allowedIps(), learned.stream().map(IpPrefix::host).toList())
        .flatMap(Collection::stream)
        .toList();
  }

  /** The values of a link property, as {@code show-linkprop} writes them. */
  List<String> values(String property) {
    return LinkProperties.find(property)
        .map((LinkProperty known) -> known.values(vnic.protection()))
        .orElseGet(() -> learned.stream().map(a -> IpPrefix.host(a).toString()).sorted().toList());
  }
}
