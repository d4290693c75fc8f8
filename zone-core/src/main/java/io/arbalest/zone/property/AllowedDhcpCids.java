package io.arbalest.zone.property;

import io.arbalest.antispoof.ClientIdentifier;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.ProtectionSpec.Clients;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** {@code allowed-dhcp-cids}: client identifiers beyond the own MAC address, as illumos's. */
final class AllowedDhcpCids extends ListProperty<String> {
  static final int MOST = 32;

  AllowedDhcpCids() {
    super("allowed-dhcp-cids", MOST);
  }

  @Override
  public String possible() {
    return "";
  }

  @Override
  String parse(String word) {
    ClientIdentifier.parse(word);
    return word;
  }

  @Override
  Collection<String> get(ProtectionSpec spec) {
    return spec.clients().allowed();
  }

  @Override
  ProtectionSpec set(ProtectionSpec spec, Set<String> values) {
    return Parts.with(spec, new Clients(List.copyOf(values), spec.clients().all()));
  }
}
