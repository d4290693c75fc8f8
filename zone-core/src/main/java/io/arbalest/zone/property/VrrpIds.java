package io.arbalest.zone.property;

import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.ProtectionSpec.Grants;
import java.util.Collection;
import java.util.Set;

/**
 * {@code vrrp-ids}: the virtual routers whose MAC addresses (RFC 9568, section 7.3) the zone may
 * use.
 */
final class VrrpIds extends ListProperty<Integer> {
  private static final int LAST = 255;

  VrrpIds() {
    super("vrrp-ids", LAST);
  }

  @Override
  public String possible() {
    return "1-" + LAST;
  }

  @Override
  Integer parse(String word) {
    boolean number =
        !word.isEmpty() && word.length() <= 3 && word.chars().allMatch(c -> c >= '0' && c <= '9');
    int id = number ? Integer.parseInt(word) : 0;
    if (id < 1 || id > LAST) {
      throw new IllegalArgumentException("'" + word + "'; allowed: 1 to " + LAST);
    }
    return id;
  }

  @Override
  Collection<Integer> get(ProtectionSpec spec) {
    return spec.grants().vrrp();
  }

  @Override
  ProtectionSpec set(ProtectionSpec spec, Set<Integer> values) {
    Grants old = spec.grants();
    return Parts.with(spec, new Grants(old.roles(), old.macs(), values, old.routedPrefixes()));
  }
}
