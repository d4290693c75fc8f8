package io.arbalest.cli.host;

import io.arbalest.overlay.OverlaySpec;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.zone.HostSpec;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A spec like another but for one object. Each result is checked as a whole. */
public final class SpecEdits {
  private SpecEdits() {}

  /** With one etherstub more. */
  public static HostSpec with(HostSpec spec, EtherstubSpec etherstub) {
    return new HostSpec(
        plus(spec.etherstubs(), etherstub),
        spec.overlays(),
        spec.zones(),
        spec.vnics(),
        spec.addresses());
  }

  /** With one overlay more. */
  public static HostSpec with(HostSpec spec, OverlaySpec overlay) {
    return new HostSpec(
        spec.etherstubs(),
        plus(spec.overlays(), overlay),
        spec.zones(),
        spec.vnics(),
        spec.addresses());
  }

  /** With one VNIC more. */
  public static HostSpec with(HostSpec spec, VnicSpec vnic) {
    return new HostSpec(
        spec.etherstubs(),
        spec.overlays(),
        spec.zones(),
        plus(spec.vnics(), vnic),
        spec.addresses());
  }

  /** Without the etherstub or overlay of that name. */
  public static HostSpec without(HostSpec spec, LinkName link) {
    return new HostSpec(
        only(spec.etherstubs(), etherstub -> !etherstub.name().equals(link)),
        only(spec.overlays(), overlay -> !overlay.name().equals(link)),
        spec.zones(),
        spec.vnics(),
        spec.addresses());
  }

  /** Without a VNIC and its addresses. */
  public static HostSpec without(HostSpec spec, VnicKey vnic) {
    return new HostSpec(
        spec.etherstubs(),
        spec.overlays(),
        spec.zones(),
        only(spec.vnics(), other -> !other.key().equals(vnic)),
        only(spec.addresses(), address -> !address.vnic().equals(vnic)));
  }

  private static <T> List<T> plus(List<T> list, T more) {
    return Stream.concat(list.stream(), Stream.of(more)).toList();
  }

  private static <T> List<T> only(List<T> list, Predicate<T> wanted) {
    return list.stream().filter(wanted).toList();
  }
}
