package io.arbalest.zone.host;

import io.arbalest.overlay.OverlaySpec;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.LinkStatus;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.AddressSpec;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.ZoneException;
import io.arbalest.zone.ZoneSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Changes of one object in a host's spec. The spec that results checks itself; what is checked here
 * is that the object removed is there, and that nothing depends on it.
 */
final class Edits {
  private Edits() {}

  static UnaryOperator<HostSpec> with(EtherstubSpec added) {
    return h ->
        new HostSpec(
            plus(h.etherstubs(), added), h.overlays(), h.zones(), h.vnics(), h.addresses());
  }

  static UnaryOperator<HostSpec> with(OverlaySpec added) {
    return h ->
        new HostSpec(
            h.etherstubs(), plus(h.overlays(), added), h.zones(), h.vnics(), h.addresses());
  }

  static UnaryOperator<HostSpec> with(ZoneSpec added) {
    return h ->
        new HostSpec(
            h.etherstubs(), h.overlays(), plus(h.zones(), added), h.vnics(), h.addresses());
  }

  static UnaryOperator<HostSpec> with(VnicSpec added) {
    return h ->
        new HostSpec(
            h.etherstubs(), h.overlays(), h.zones(), plus(h.vnics(), added), h.addresses());
  }

  /** Sets a VNIC's addresses in place of those it had; an empty list removes them. */
  static UnaryOperator<HostSpec> with(AddressSpec set) {
    return h -> {
      List<AddressSpec> others = without(h.addresses(), a -> a.vnic().equals(set.vnic()));
      return new HostSpec(
          h.etherstubs(),
          h.overlays(),
          h.zones(),
          h.vnics(),
          set.prefixes().isEmpty() ? others : plus(others, set));
    };
  }

  /**
   * @throws LinkException {@code object not found}, or {@code link busy} while VNICs are on it
   */
  static UnaryOperator<HostSpec> withoutEtherstub(LinkName name) {
    return h -> {
      require(h.etherstubs(), stub -> stub.name().equals(name), name);
      refuseBusy(h, name);
      return new HostSpec(
          without(h.etherstubs(), stub -> stub.name().equals(name)),
          h.overlays(),
          h.zones(),
          h.vnics(),
          h.addresses());
    };
  }

  /**
   * @throws LinkException {@code object not found}, or {@code link busy} while VNICs are on it
   */
  static UnaryOperator<HostSpec> withoutOverlay(LinkName name) {
    return h -> {
      require(h.overlays(), overlay -> overlay.name().equals(name), name);
      refuseBusy(h, name);
      return new HostSpec(
          h.etherstubs(),
          without(h.overlays(), overlay -> overlay.name().equals(name)),
          h.zones(),
          h.vnics(),
          h.addresses());
    };
  }

  /** The zone goes with its VNICs and their addresses. */
  static UnaryOperator<HostSpec> withoutZone(ZoneName name) {
    return h -> {
      List<ZoneSpec> left = without(h.zones(), zone -> zone.name().equals(name));
      if (left.size() == h.zones().size()) {
        throw new ZoneException(name, "No such zone configured");
      }
      return new HostSpec(
          h.etherstubs(),
          h.overlays(),
          left,
          without(h.vnics(), vnic -> isIn(vnic.key(), name)),
          without(h.addresses(), address -> isIn(address.vnic(), name)));
    };
  }

  /**
   * The VNIC goes with its addresses.
   *
   * @throws LinkException {@code object not found}
   */
  static UnaryOperator<HostSpec> withoutVnic(VnicKey key) {
    return h -> {
      require(h.vnics(), vnic -> vnic.key().equals(key), key);
      return new HostSpec(
          h.etherstubs(),
          h.overlays(),
          h.zones(),
          without(h.vnics(), vnic -> vnic.key().equals(key)),
          without(h.addresses(), address -> address.vnic().equals(key)));
    };
  }

  /**
   * The VNIC stays, with another protection.
   *
   * @throws LinkException {@code object not found}
   */
  static UnaryOperator<HostSpec> with(VnicKey key, ProtectionSpec protection) {
    return h -> {
      require(h.vnics(), vnic -> vnic.key().equals(key), key);
      return new HostSpec(
          h.etherstubs(),
          h.overlays(),
          h.zones(),
          h.vnics().stream().map(v -> v.key().equals(key) ? with(v, protection) : v).toList(),
          h.addresses());
    };
  }

  private static VnicSpec with(VnicSpec v, ProtectionSpec protection) {
    return new VnicSpec(v.key(), v.over(), v.mac(), v.mtu(), protection);
  }

  private static boolean isIn(VnicKey key, ZoneName zone) {
    return key.zone().filter(zone::equals).isPresent();
  }

  private static void refuseBusy(HostSpec host, LinkName lower) {
    List<VnicKey> users =
        host.vnics().stream().filter(v -> v.over().equals(lower)).map(VnicSpec::key).toList();
    if (!users.isEmpty()) {
      throw new LinkException(LinkStatus.LINK_BUSY, lower + " has VNICs " + users);
    }
  }

  private static <T> void require(List<T> list, Predicate<T> wanted, Object name) {
    if (list.stream().noneMatch(wanted)) {
      throw new LinkException(LinkStatus.OBJECT_NOT_FOUND, name.toString());
    }
  }

  private static <T> List<T> plus(List<T> list, T added) {
    List<T> more = new ArrayList<>(list);
    more.add(added);
    return more;
  }

  private static <T> List<T> without(List<T> list, Predicate<T> gone) {
    return list.stream().filter(gone.negate()).toList();
  }
}
