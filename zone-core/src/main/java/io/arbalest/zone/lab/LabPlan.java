package io.arbalest.zone.lab;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.SearchSpec;
import io.arbalest.overlay.Vni;
import io.arbalest.overlay.Vtep;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.MacAddressType;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.AddressSpec;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.UidSlot;
import io.arbalest.zone.ZoneSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;

/** What each host's daemon is asked for. */
final class LabPlan {
  private final LabSpec lab;
  private final LabRecord record;
  private final Function<LabName, Path> directory;

  /**
   * A plan.
   *
   * @param directory where the directory of an overlay is kept
   */
  LabPlan(LabSpec lab, LabRecord record, Function<LabName, Path> directory) {
    this.lab = lab;
    this.record = record;
    this.directory = directory;
  }

  /** All that a host shall hold. */
  HostSpec host(LabName host) {
    return host(host, zone -> true);
  }

  /** What a host shall hold of some zones. */
  HostSpec host(LabName host, Predicate<LabName> wanted) {
    List<ZoneSpec> zones = new ArrayList<>();
    List<VnicSpec> vnics = new ArrayList<>();
    List<AddressSpec> addresses = new ArrayList<>();
    lab.zones()
        .forEach(
            (zone, at) -> {
              if (at.host().equals(host) && wanted.test(zone)) {
                ZoneName name = new ZoneName(zone.text());
                zones.add(ZoneSpec.stackOnly(name).with(slot(zone)));
                at.net().forEach(net -> vnics.add(vnic(zone, net)));
                at.net()
                    .forEach(
                        net -> addresses.add(new AddressSpec(key(zone, net), net.addresses())));
              }
            });
    return new HostSpec(etherstubs(host), overlays(host), zones, vnics, addresses);
  }

  private List<EtherstubSpec> etherstubs(LabName host) {
    return Lookup.in(lab.hosts(), host).etherstubs().stream().map(EtherstubSpec::new).toList();
  }

  /** Every overlay is on every host, so that a zone may be added anywhere later. */
  private List<OverlaySpec> overlays(LabName host) {
    IpPrefix underlay = Lookup.in(lab.hosts(), host).underlay();
    List<OverlaySpec> overlays = new ArrayList<>();
    lab.overlays()
        .forEach(
            (name, net) ->
                overlays.add(
                    new OverlaySpec(
                        net.link(name),
                        new Vni(net.vni()),
                        Vtep.of(underlay.address(), Vtep.DEFAULT_PORT),
                        new SearchSpec.Files(directory.apply(name)),
                        OptionalInt.empty())));
    return overlays;
  }

  private VnicSpec vnic(LabName zone, LabSpec.Net net) {
    MacAddressType type = net.mac().isPresent() ? MacAddressType.FIXED : MacAddressType.RANDOM;
    return new VnicSpec(
        key(zone, net),
        over(net),
        new MacAssignment(Lookup.in(record.macs(), zone + "/" + net.vnic()), type),
        net.mtu().map(OptionalInt::of).orElse(OptionalInt.empty()),
        net.protection());
  }

  private LinkName over(LabSpec.Net net) {
    if (!net.overlay()) {
      return new LinkName(net.over());
    }
    LabName overlay = new LabName(net.over());
    return Lookup.in(lab.overlays(), overlay).link(overlay);
  }

  private UidSlot slot(LabName zone) {
    return new UidSlot(Lookup.in(record.uidSlots(), zone.text()));
  }

  private static VnicKey key(LabName zone, LabSpec.Net net) {
    return VnicKey.of(new ZoneName(zone.text()), net.vnic());
  }
}
