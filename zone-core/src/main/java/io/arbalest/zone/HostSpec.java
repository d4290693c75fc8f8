package io.arbalest.zone;

import io.arbalest.overlay.OverlaySpec;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.VnicSpec;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Everything that one daemon is wanted to hold.
 *
 * <p>Lists are kept sorted by name, so that two specs that want the same are equal. A spec that
 * exists is consistent: names are unique, every VNIC's lower link and zone and every address's VNIC
 * is part of it, no MAC or IP address appears twice on a switch.
 *
 * @param etherstubs switches with no wire
 * @param overlays virtual networks that span hosts
 * @param zones the zones
 * @param vnics the VNICs of the zones and of the host itself
 * @param addresses what the zone ends of VNICs have; at most one entry for a VNIC
 */
public record HostSpec(
    List<EtherstubSpec> etherstubs,
    List<OverlaySpec> overlays,
    List<ZoneSpec> zones,
    List<VnicSpec> vnics,
    List<AddressSpec> addresses) {
  /** Wants nothing. */
  public static final HostSpec EMPTY =
      new HostSpec(List.of(), List.of(), List.of(), List.of(), List.of());

  /**
   * @throws SpecException if the parts contradict each other
   * @throws io.arbalest.vnic.LinkException if a VNIC asks for what its lower link cannot give
   */
  public HostSpec {
    etherstubs = sorted(etherstubs, EtherstubSpec::name);
    overlays = sorted(overlays, OverlaySpec::name);
    zones = sorted(zones, ZoneSpec::name);
    vnics = sorted(vnics, VnicSpec::key);
    addresses = sorted(addresses, AddressSpec::vnic);
    HostChecks.check(etherstubs, overlays, zones, vnics, addresses);
  }

  private static <T, K extends Comparable<K>> List<T> sorted(List<T> list, Function<T, K> key) {
    return list.stream().sorted(Comparator.comparing(key)).toList();
  }

  public boolean isEmpty() {
    return equals(EMPTY);
  }
}
