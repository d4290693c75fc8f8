package io.arbalest.zone.property;

import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.ProtectionSpec.Clients;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** {@code allowed-dhcp-cids}: client identifiers beyond the own MAC address, as illumos's. */
final class AllowedDhcpCids extends ListProperty<String> {
  static final int MOST = 32;

  /** As hexadecimal text with {@code 0x} before it. */
  private static final int LONGEST = 2 + 2 * 256;

  AllowedDhcpCids() {
    super("allowed-dhcp-cids", MOST);
  }

  @Override
  public String possible() {
    return "";
  }

  @Override
  String parse(String word) {
    if (word.isEmpty() || word.length() > LONGEST) {
      throw new IllegalArgumentException(
          "'" + word + "' stands for no identifier; 1 to 256 bytes are allowed");
    }
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
