package io.arbalest.zone.host;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.rtnetlink.Address;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.link.Overlay;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.PortFacts;
import io.arbalest.vnic.SwitchFacts;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.AddressSpec;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.Instance;
import io.arbalest.zone.ZonePins;
import io.arbalest.zone.ZoneSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the kernel has of a host, read to the end before anything is decided.
 *
 * @param right the part of the reference that is just as it should be
 * @param wrong VNICs of the reference that exist and are not as they should be
 * @param leftovers what bears our mark and is not part of the reference
 */
record Survey(HostSpec right, List<VnicKey> wrong, Leftovers leftovers) {

  /** Ours, and not wanted. */
  record Leftovers(
      List<VnicKey> vnics, List<LinkName> switches, List<LinkName> overlays, List<ZonePins> zones) {

    boolean isEmpty() {
      return vnics.isEmpty() && switches.isEmpty() && overlays.isEmpty() && zones.isEmpty();
    }

    @Override
    public String toString() {
      List<String> names = new ArrayList<>();
      zones.forEach(pins -> names.add("zone " + pins.zone()));
      vnics.forEach(key -> names.add("vnic " + key));
      switches.forEach(name -> names.add("switch " + name));
      overlays.forEach(name -> names.add("overlay link " + name));
      return String.join(", ", names);
    }
  }

  /**
   * Reads the kernel.
   *
   * @param reference what there should be
   */
  static Survey of(Instance instance, HostKernel kernel, HostSpec reference) {
    return new Reading(instance, kernel, reference).result();
  }

  /** The kernel while it is read. */
  private static final class Reading {
    private final HostKernel kernel;
    private final HostSpec reference;
    private final Map<VnicKey, PortFacts> ports;
    private final Map<LinkName, SwitchFacts> switches;
    private final List<LinkName> orphans;
    private final List<ZonePins> pins;

    Reading(Instance instance, HostKernel kernel, HostSpec reference) {
      this.kernel = kernel;
      this.reference = reference;
      ports = kernel.board().ports();
      switches = kernel.board().switches();
      orphans = kernel.overlays().orphans();
      pins = ZonePins.all(instance);
    }

    Survey result() {
      List<EtherstubSpec> etherstubs =
          reference.etherstubs().stream().filter(this::isRight).toList();
      List<OverlaySpec> overlays = reference.overlays().stream().filter(this::isRight).toList();
      List<ZoneSpec> zones = reference.zones().stream().filter(kernel::findZone).toList();
      Set<ZoneName> zoneNames = zones.stream().map(ZoneSpec::name).collect(Collectors.toSet());
      Set<LinkName> lower =
          etherstubs.stream().map(EtherstubSpec::name).collect(Collectors.toSet());
      overlays.forEach(overlay -> lower.add(overlay.name()));
      List<VnicSpec> vnics = new ArrayList<>();
      List<AddressSpec> addresses = new ArrayList<>();
      for (VnicSpec vnic : reference.vnics()) {
        boolean inPlace =
            lower.contains(vnic.over()) && vnic.key().zone().map(zoneNames::contains).orElse(true);
        if (inPlace && ports.containsKey(vnic.key())) {
          read(vnic)
              .ifPresent(
                  found -> {
                    vnics.add(vnic);
                    addresses.add(found);
                  });
        }
      }
      HostSpec right = new HostSpec(etherstubs, overlays, zones, vnics, addresses);
      return new Survey(right, wrong(vnics), leftovers());
    }

    private boolean isRight(EtherstubSpec stub) {
      SwitchFacts facts = switches.get(stub.name());
      return facts != null && facts.mtu() == stub.mtu() && facts.uplink().isEmpty();
    }

    private boolean isRight(OverlaySpec spec) {
      Optional<Overlay> live = kernel.overlays().find(spec.name());
      SwitchFacts facts = switches.get(spec.name());
      return live.isPresent()
          && live.get().spec().equals(spec)
          && kernel.hasLink(spec.name(), live.get().ifindex())
          && facts != null
          && facts.uplink().equals(OptionalInt.of(live.get().ifindex()))
          && facts.mtu() == live.get().mtu();
    }

    /** The wanted addresses that a VNIC has; empty if the VNIC is not as it should be. */
    private Optional<AddressSpec> read(VnicSpec vnic) {
      Optional<List<Address>> found = kernel.addresses(vnic.key());
      if (found.isEmpty() || !kernel.board().adopt(vnic)) {
        return Optional.empty();
      }
      Set<IpPrefix> present = found.get().stream().map(Address::prefix).collect(Collectors.toSet());
      List<IpPrefix> wanted =
          reference.addresses().stream()
              .filter(address -> address.vnic().equals(vnic.key()))
              .flatMap(address -> address.prefixes().stream())
              .toList();
      return Optional.of(
          new AddressSpec(vnic.key(), wanted.stream().filter(present::contains).toList()));
    }

    private List<VnicKey> wrong(List<VnicSpec> right) {
      Set<VnicKey> rightKeys = right.stream().map(VnicSpec::key).collect(Collectors.toSet());
      return reference.vnics().stream()
          .map(VnicSpec::key)
          .filter(key -> ports.containsKey(key) && !rightKeys.contains(key))
          .toList();
    }

    private Leftovers leftovers() {
      Set<VnicKey> vnics =
          reference.vnics().stream().map(VnicSpec::key).collect(Collectors.toSet());
      Set<ZoneName> zones =
          reference.zones().stream().map(ZoneSpec::name).collect(Collectors.toSet());
      Set<LinkName> overlays =
          reference.overlays().stream().map(OverlaySpec::name).collect(Collectors.toSet());
      Set<LinkName> links =
          reference.etherstubs().stream().map(EtherstubSpec::name).collect(Collectors.toSet());
      links.addAll(overlays);
      return new Leftovers(
          ports.keySet().stream().filter(key -> !vnics.contains(key)).toList(),
          switches.keySet().stream().filter(name -> !links.contains(name)).toList(),
          orphans.stream().filter(name -> !overlays.contains(name)).toList(),
          pins.stream().filter(pin -> !zones.contains(pin.zone())).toList());
    }
  }
}
