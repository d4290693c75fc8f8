package io.arbalest.zone;

import io.arbalest.antispoof.PortPolicy;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.overlay.OverlayMtu;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.Vni;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.LinkStatus;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the parts of a {@link HostSpec} must agree on. */
final class HostChecks {
  /** More than any host carries; a bound on what a hostile file can make us do. */
  private static final int MAX_OBJECTS = 10_000;

  private final Map<LinkName, Integer> lowerLinks = new TreeMap<>();
  private final Set<LinkName> globalNames = new HashSet<>();
  private final Set<ZoneName> zones = new HashSet<>();
  private final Map<VnicKey, VnicSpec> vnics = new TreeMap<>();

  private HostChecks() {}

  static void check(
      List<EtherstubSpec> etherstubs,
      List<OverlaySpec> overlays,
      List<ZoneSpec> zones,
      List<VnicSpec> vnics,
      List<AddressSpec> addresses) {
    HostChecks checks = new HostChecks();
    checks.bound("etherstubs", etherstubs);
    checks.bound("overlays", overlays);
    checks.bound("zones", zones);
    checks.bound("vnics", vnics);
    checks.bound("addresses", addresses);
    etherstubs.forEach(stub -> checks.lowerLink("etherstub", stub.name(), stub.mtu()));
    checks.overlays(overlays);
    checks.zones(zones);
    checks.vnics(vnics);
    checks.addresses(addresses);
  }

  private void bound(String field, List<?> list) {
    if (list.size() > MAX_OBJECTS) {
      throw new SpecException(field, list.size(), "at most " + MAX_OBJECTS + " are allowed");
    }
  }

  private void lowerLink(String what, LinkName name, int mtu) {
    globalName(what, name);
    lowerLinks.put(name, mtu);
  }

  private void globalName(String what, LinkName name) {
    if (!globalNames.add(name)) {
      throw new LinkException(
          LinkStatus.OBJECT_ALREADY_EXISTS, what + " '" + name + "': the link name is taken");
    }
  }

  private void overlays(List<OverlaySpec> specs) {
    Map<Vni, LinkName> networks = new HashMap<>();
    for (OverlaySpec overlay : specs) {
      // Without a wish of its own it gets what the underlay leaves, which only the kernel knows.
      lowerLink("overlay", overlay.name(), overlay.mtu().orElse(OverlayMtu.MAX));
      LinkName other = networks.put(overlay.vni(), overlay.name());
      if (other != null) {
        throw new LinkException(
            LinkStatus.OBJECT_ALREADY_EXISTS,
            "overlay '"
                + overlay.name()
                + "': vni "
                + overlay.vni()
                + " is overlay "
                + other
                + "'s");
      }
    }
  }

  private void zones(List<ZoneSpec> specs) {
    Map<UidSlot, ZoneName> slots = new HashMap<>();
    for (ZoneSpec zone : specs) {
      if (!zones.add(zone.name())) {
        throw new SpecException("zone", zone.name(), "is given twice");
      }
      ZoneName other = zone.slot().isAuto() ? null : slots.put(zone.slot(), zone.name());
      if (other != null) {
        throw new SpecException(
            "zone " + zone.name() + ": uid slot", zone.slot(), "is zone " + other + "'s already");
      }
    }
  }

  private void vnics(List<VnicSpec> specs) {
    Set<List<Object>> stations = new HashSet<>();
    for (VnicSpec vnic : specs) {
      String field = "vnic " + vnic.key();
      if (vnic.key().zone().isEmpty()) {
        globalName("vnic", vnic.key().name());
      }
      if (vnics.put(vnic.key(), vnic) != null) {
        throw new LinkException(LinkStatus.OBJECT_ALREADY_EXISTS, "vnic '" + vnic.key() + "'");
      }
      vnic.key().zone().ifPresent(zone -> zoneExists(field, zone));
      lowerLinkCarries(field, vnic);
      PortPolicy.of(vnic);
      station(stations, field, vnic, vnic.mac().address());
      vnic.protection().grants().macs().forEach(mac -> station(stations, field, vnic, mac));
    }
  }

  private static void station(
      Set<List<Object>> stations, String field, VnicSpec vnic, MacAddress mac) {
    if (!stations.add(List.of(vnic.over(), mac))) {
      throw new LinkException(
          LinkStatus.MAC_ADDRESS_IN_USE, field + ": mac '" + mac + "' over " + vnic.over());
    }
  }

  private void zoneExists(String field, ZoneName zone) {
    if (!zones.contains(zone)) {
      throw new SpecException(field + ": zone", zone, "must be one of " + zones);
    }
  }

  private void lowerLinkCarries(String field, VnicSpec vnic) {
    Integer mtu = lowerLinks.get(vnic.over());
    if (mtu == null) {
      throw new LinkException(
          LinkStatus.OBJECT_NOT_FOUND,
          field + ": over '" + vnic.over() + "', must be one of " + lowerLinks.keySet());
    }
    vnic.effectiveMtu(mtu);
  }

  private void addresses(List<AddressSpec> specs) {
    Set<VnicKey> seen = new HashSet<>();
    Map<List<Object>, VnicKey> owners = new HashMap<>();
    for (AddressSpec spec : specs) {
      VnicSpec vnic = vnics.get(spec.vnic());
      if (vnic == null) {
        throw new SpecException("addresses: vnic", spec.vnic(), "must be one of " + vnics.keySet());
      }
      if (!seen.add(spec.vnic())) {
        throw new SpecException("addresses: vnic", spec.vnic(), "is given twice");
      }
      spec.prefixes().forEach(prefix -> unique(owners, vnic, prefix.address()));
    }
  }

  /** Neither on the same switch nor within the same stack. */
  private static void unique(
      Map<List<Object>, VnicKey> owners, VnicSpec vnic, InetAddress address) {
    for (Object place : List.of(vnic.over(), vnic.key().zone())) {
      VnicKey other = owners.put(List.of(place, address), vnic.key());
      if (other != null) {
        throw new SpecException(
            "vnic " + vnic.key() + ": address",
            address.getHostAddress(),
            "is already vnic " + other + "'s");
      }
    }
  }
}
