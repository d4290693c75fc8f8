package io.arbalest.zone.property;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.ProtectionSpec.Grants;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** {@code secondary-macs}: further MAC addresses to send from and be reached by. */
final class SecondaryMacs extends ListProperty<MacAddress> {
  static final int MOST = 32;

  SecondaryMacs() {
    super("secondary-macs", MOST);
  }

  @Override
  public String possible() {
    return "";
  }

  @Override
  MacAddress parse(String word) {
    MacAddress mac = MacAddress.parse(word);
    if (!mac.isUnicast()) {
      throw new IllegalArgumentException(
          "'" + word + "' is not a unicast address; the first octet must be even and not all zero");
    }
    return mac;
  }

  @Override
  Collection<MacAddress> get(ProtectionSpec spec) {
    return spec.grants().macs();
  }

  @Override
  ProtectionSpec set(ProtectionSpec spec, Set<MacAddress> values) {
    Grants old = spec.grants();
    return Parts.with(
        spec, new Grants(old.roles(), List.copyOf(values), old.vrrp(), old.routedPrefixes()));
  }
}
