package io.arbalest.zone.host;

import io.arbalest.overlay.OverlaySpec;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.zone.AddressSpec;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.SpecJson;
import io.arbalest.zone.ZoneSpec;
import io.arbalest.zone.plan.Plan;
import io.arbalest.zone.plan.Step;
import io.arbalest.zone.store.Kind;
import io.arbalest.zone.store.SetAside;
import io.arbalest.zone.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A host's spec in the store: each object in a file of its own. */
final class SpecStore {
  static final Kind<EtherstubSpec> ETHERSTUBS =
      new Kind<>("etherstubs", EtherstubSpec.class, stub -> stub.name().text());
  static final Kind<OverlaySpec> OVERLAYS =
      new Kind<>("overlays", OverlaySpec.class, overlay -> overlay.name().text());
  static final Kind<ZoneSpec> ZONES =
      new Kind<>("zones", ZoneSpec.class, zone -> zone.name().text());
  static final Kind<VnicSpec> VNICS = new Kind<>("vnics", VnicSpec.class, vnic -> key(vnic.key()));
  static final Kind<AddressSpec> ADDRESSES =
      new Kind<>("addresses", AddressSpec.class, address -> key(address.vnic()));

  private final Store store;

  private SpecStore(Store store) {
    this.store = store;
  }

  static SpecStore open(Path folder) {
    return new SpecStore(Store.open(folder, SpecJson.mapper()));
  }

  /** The zone first, so that files sort by zone; neither name can hold the sign between them. */
  private static String key(VnicKey vnic) {
    return vnic.zone().map(zone -> zone + "@" + vnic.name()).orElse(vnic.name().text());
  }

  /**
   * What was stored.
   *
   * @param spec all of it that goes together
   * @param problems what could not be read or does not fit, one sentence each
   */
  record Loaded(HostSpec spec, List<String> problems) {}

  /** Reads everything; what is unreadable is set aside. */
  Loaded load() {
    Assembly assembly = new Assembly();
    List<EtherstubSpec> etherstubs = store.load(ETHERSTUBS);
    List<OverlaySpec> overlays = store.load(OVERLAYS);
    List<ZoneSpec> zones = store.load(ZONES);
    List<VnicSpec> vnics = store.load(VNICS);
    List<AddressSpec> addresses = store.load(ADDRESSES);
    try {
      assembly.spec = new HostSpec(etherstubs, overlays, zones, vnics, addresses);
    } catch (RuntimeException e) {
      etherstubs.forEach(e1 -> assembly.tryAdd("etherstub " + e1.name(), Edits.with(e1)));
      overlays.forEach(o -> assembly.tryAdd("overlay " + o.name(), Edits.with(o)));
      zones.forEach(z -> assembly.tryAdd("zone " + z.name(), Edits.with(z)));
      vnics.forEach(v -> assembly.tryAdd("vnic " + v.key(), Edits.with(v)));
      addresses.forEach(a -> assembly.tryAdd("addresses of " + a.vnic(), Edits.with(a)));
    }
    store.setAside().forEach(aside -> assembly.problems.add(sentence(aside)));
    return new Loaded(assembly.spec, List.copyOf(assembly.problems));
  }

  private static String sentence(SetAside aside) {
    return "stored file "
        + aside.folder()
        + "/"
        + aside.file()
        + " is not in use: "
        + aside.reason();
  }

  /** Puts together what fits, one by one, when the whole does not. */
  private static final class Assembly {
    private HostSpec spec = HostSpec.EMPTY;
    private final List<String> problems = new ArrayList<>();

    void tryAdd(String what, Function<HostSpec, HostSpec> edit) {
      try {
        spec = edit.apply(spec);
      } catch (RuntimeException e) {
        problems.add(
            "stored " + what + " does not fit the rest and is not in use: " + e.getMessage());
      }
    }
  }

  /** Stores what is new or different in the second state. */
  Plan storing(HostSpec from, HostSpec to) {
    Plan plan = new Plan();
    put(plan, ETHERSTUBS, from.etherstubs(), to.etherstubs());
    put(plan, OVERLAYS, from.overlays(), to.overlays());
    put(plan, ZONES, from.zones(), to.zones());
    put(plan, VNICS, from.vnics(), to.vnics());
    put(plan, ADDRESSES, from.addresses(), to.addresses());
    return plan;
  }

  private <T> void put(Plan plan, Kind<T> kind, List<T> from, List<T> to) {
    Map<String, T> before = byKey(kind, from);
    byKey(kind, to)
        .forEach(
            (key, spec) -> {
              T old = before.get(key);
              if (!spec.equals(old)) {
                Runnable inverse =
                    old == null ? () -> store.remove(kind, spec) : () -> store.put(kind, old);
                plan.add(Step.quiet("store " + key, () -> store.put(kind, spec), inverse));
              }
            });
  }

  /** Forgets what the second state has no more; addresses before VNICs before what they are on. */
  Plan forgetting(HostSpec from, HostSpec to) {
    Plan plan = new Plan();
    remove(plan, ADDRESSES, from.addresses(), to.addresses());
    remove(plan, VNICS, from.vnics(), to.vnics());
    remove(plan, ZONES, from.zones(), to.zones());
    remove(plan, OVERLAYS, from.overlays(), to.overlays());
    remove(plan, ETHERSTUBS, from.etherstubs(), to.etherstubs());
    return plan;
  }

  private <T> void remove(Plan plan, Kind<T> kind, List<T> from, List<T> to) {
    Map<String, T> after = byKey(kind, to);
    byKey(kind, from)
        .forEach(
            (key, spec) -> {
              if (!after.containsKey(key)) {
                plan.add(
                    Step.quiet(
                        "forget " + key,
                        () -> store.remove(kind, spec),
                        () -> store.put(kind, spec)));
              }
            });
  }

  private static <T> Map<String, T> byKey(Kind<T> kind, List<T> specs) {
    Map<String, T> map = new HashMap<>();
    specs.forEach(spec -> map.put(kind.key().apply(spec), spec));
    return map;
  }

  /** Removes the store's folders as far as they are empty. */
  void prune() {
    store.prune();
  }
}
