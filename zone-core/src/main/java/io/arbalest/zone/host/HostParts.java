package io.arbalest.zone.host;

import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.zone.HostSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Parts of a spec that are specs themselves. */
final class HostParts {
  private HostParts() {}

  /** Without some overlays, their VNICs, and the addresses of those. */
  static HostSpec without(HostSpec host, Set<LinkName> overlays) {
    List<VnicSpec> vnics =
        host.vnics().stream().filter(vnic -> !overlays.contains(vnic.over())).toList();
    Set<VnicKey> left = vnics.stream().map(VnicSpec::key).collect(Collectors.toSet());
    return new HostSpec(
        host.etherstubs(),
        host.overlays().stream().filter(overlay -> !overlays.contains(overlay.name())).toList(),
        host.zones(),
        vnics,
        host.addresses().stream().filter(address -> left.contains(address.vnic())).toList());
  }

  /** What of one spec is also in another; addresses of its VNICs are kept as they are. */
  static HostSpec within(HostSpec host, HostSpec bound) {
    Set<VnicSpec> vnics = new HashSet<>(bound.vnics());
    List<VnicSpec> left = host.vnics().stream().filter(vnics::contains).toList();
    Set<VnicKey> keys = left.stream().map(VnicSpec::key).collect(Collectors.toSet());
    return new HostSpec(
        host.etherstubs(),
        host.overlays().stream().filter(bound.overlays()::contains).toList(),
        host.zones(),
        left,
        host.addresses().stream().filter(address -> keys.contains(address.vnic())).toList());
  }
}
