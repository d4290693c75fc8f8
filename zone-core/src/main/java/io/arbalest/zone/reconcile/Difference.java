package io.arbalest.zone.reconcile;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.AddressSpec;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.ZoneSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What separates two states of a host.
 *
 * <p>An etherstub's MTU, a VNIC's protection and addresses change in place. Everything else is
 * replaced, which is a removal and an addition; with a zone or a lower link that is replaced go the
 * VNICs that depend on it.
 *
 * @param etherstubs those that come and go; a changed MTU is an addition only
 * @param overlays those that come and go
 * @param zones those that come and go
 * @param vnics those that come and go
 * @param reguarded VNICs that stay, with another protection: before and after
 * @param addresses what VNICs get and lose; a VNIC that goes takes its addresses along silently
 */
public record Difference(
    Delta<EtherstubSpec> etherstubs,
    Delta<OverlaySpec> overlays,
    Delta<ZoneSpec> zones,
    Delta<VnicSpec> vnics,
    List<Reguarded> reguarded,
    Delta<AddressSpec> addresses) {

  /**
   * What comes and what goes, in order of names.
   *
   * @param removed as they were
   * @param added as they shall be
   */
  public record Delta<T>(List<T> removed, List<T> added) {
    public Delta {
      removed = List.copyOf(removed);
      added = List.copyOf(added);
    }

    public boolean isEmpty() {
      return removed.isEmpty() && added.isEmpty();
    }
  }

  /** A VNIC whose protection changes. */
  public record Reguarded(VnicSpec before, VnicSpec after) {}

  /** What must be done to get from one state to another. */
  public static Difference between(HostSpec from, HostSpec to) {
    return new Comparison(from, to).result();
  }

  /** Whether the two states are the same. */
  public boolean isEmpty() {
    return etherstubs.isEmpty()
        && overlays.isEmpty()
        && zones.isEmpty()
        && vnics.isEmpty()
        && reguarded.isEmpty()
        && addresses.isEmpty();
  }

  /** The two states while they are compared. */
  private static final class Comparison {
    private final HostSpec from;
    private final HostSpec to;
    private final Delta<OverlaySpec> overlays;
    private final Delta<ZoneSpec> zones;
    private final Set<LinkName> replacedLinks = new HashSet<>();
    private final Set<ZoneName> replacedZones = new HashSet<>();
    private final Map<VnicKey, VnicSpec> staying = new TreeMap<>();

    Comparison(HostSpec from, HostSpec to) {
      this.from = from;
      this.to = to;
      overlays = delta(from.overlays(), to.overlays());
      zones = delta(from.zones(), to.zones());
      overlays.removed().forEach(overlay -> replacedLinks.add(overlay.name()));
      zones.removed().forEach(zone -> replacedZones.add(zone.name()));
      Map<VnicKey, VnicSpec> after = byKey(to.vnics(), VnicSpec::key);
      for (VnicSpec before : from.vnics()) {
        VnicSpec next = after.get(before.key());
        if (next != null && stays(before, next)) {
          staying.put(before.key(), before);
        }
      }
    }

    Difference result() {
      return new Difference(etherstubs(), overlays, zones, vnics(), reguarded(), addresses());
    }

    private boolean stays(VnicSpec before, VnicSpec after) {
      return before.over().equals(after.over())
          && before.mac().equals(after.mac())
          && before.mtu().equals(after.mtu())
          && (before.mtu().isPresent() || lowerMtu(from, before) == lowerMtu(to, after))
          && !replacedLinks.contains(before.over())
          && before.key().zone().filter(replacedZones::contains).isEmpty();
    }

    private static int lowerMtu(HostSpec host, VnicSpec vnic) {
      return host.etherstubs().stream()
          .filter(stub -> stub.name().equals(vnic.over()))
          .mapToInt(EtherstubSpec::mtu)
          .findFirst()
          .orElse(0);
    }

    private Delta<EtherstubSpec> etherstubs() {
      Set<LinkName> names = byKey(to.etherstubs(), EtherstubSpec::name).keySet();
      Delta<EtherstubSpec> all = delta(from.etherstubs(), to.etherstubs());
      return new Delta<>(
          all.removed().stream().filter(stub -> !names.contains(stub.name())).toList(),
          all.added());
    }

    private Delta<VnicSpec> vnics() {
      return new Delta<>(
          from.vnics().stream().filter(vnic -> !staying.containsKey(vnic.key())).toList(),
          to.vnics().stream().filter(vnic -> !staying.containsKey(vnic.key())).toList());
    }

    private List<Reguarded> reguarded() {
      List<Reguarded> changed = new ArrayList<>();
      for (VnicSpec after : to.vnics()) {
        VnicSpec before = staying.get(after.key());
        if (before != null && !before.equals(after)) {
          changed.add(new Reguarded(before, after));
        }
      }
      return changed;
    }

    private Delta<AddressSpec> addresses() {
      Map<VnicKey, AddressSpec> before = byKey(from.addresses(), AddressSpec::vnic);
      Map<VnicKey, AddressSpec> after = byKey(to.addresses(), AddressSpec::vnic);
      List<AddressSpec> lost = new ArrayList<>();
      List<AddressSpec> gained = new ArrayList<>();
      for (VnicSpec vnic : to.vnics()) {
        AddressSpec none = new AddressSpec(vnic.key(), List.of());
        AddressSpec next = after.getOrDefault(vnic.key(), none);
        AddressSpec now =
            staying.containsKey(vnic.key()) ? before.getOrDefault(vnic.key(), none) : none;
        addUnlessEmpty(lost, minus(now, next));
        addUnlessEmpty(gained, minus(next, now));
      }
      return new Delta<>(lost, gained);
    }

    private static AddressSpec minus(AddressSpec from, AddressSpec other) {
      List<IpPrefix> left =
          from.prefixes().stream().filter(p -> !other.prefixes().contains(p)).toList();
      return new AddressSpec(from.vnic(), left);
    }

    private static void addUnlessEmpty(List<AddressSpec> list, AddressSpec spec) {
      if (!spec.prefixes().isEmpty()) {
        list.add(spec);
      }
    }

    private static <T> Delta<T> delta(List<T> before, List<T> after) {
      Set<T> beforeSet = new HashSet<>(before);
      Set<T> afterSet = new HashSet<>(after);
      return new Delta<>(
          before.stream().filter(t -> !afterSet.contains(t)).toList(),
          after.stream().filter(t -> !beforeSet.contains(t)).toList());
    }

    private static <K extends Comparable<K>, T> Map<K, T> byKey(List<T> list, Function<T, K> key) {
      Map<K, T> map = new TreeMap<>();
      list.forEach(t -> map.put(key.apply(t), t));
      return map;
    }
  }
}
