package io.arbalest.zone.host;

import io.arbalest.overlay.OverlaySpec;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.zone.AddressSpec;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.SpecJson;
import io.arbalest.zone.ZoneSpec;
import io.arbalest.zone.plan.Plan;
import io.arbalest.zone.plan.Progress;
import io.arbalest.zone.plan.Step;
import io.arbalest.zone.store.Kind;
import io.arbalest.zone.store.SetAside;
import io.arbalest.zone.store.Store;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A host's spec in the store: each object in a file of its own.
 *
 * <p>A change of several objects is noted as a whole before the first file is touched. A start that
 * finds such a note carries the change out and strikes the note at its end, so that what is wanted
 * is what was wanted before or after, never half of each.
 */
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

  /** The note of a change under way; there is one at most. */
  private static final Kind<HostSpec> PENDING =
      new Kind<>("pending", HostSpec.class, spec -> "change");

  private final Store store;

  private SpecStore(Store store) {
    this.store = store;
  }

  static SpecStore open(Path folder) {
    return new SpecStore(Store.open(folder, SpecJson.mapper()));
  }

  /** The zone first, so that files sort by zone; neither name can hold the sign between them. */
  static String key(VnicKey vnic) {
    return vnic.zone().map(zone -> zone + "@" + vnic.name()).orElse(vnic.name().text());
  }

  /**
   * What was stored.
   *
   * @param spec all of it that goes together
   * @param problems what could not be read or does not fit, one sentence each
   * @param certain whether that is all that was ever wanted: nothing was unreadable, and the store
   *     is not simply empty, as a lost one would be
   */
  record Loaded(HostSpec spec, List<String> problems, boolean certain) {}

  /** Reads everything; what is unreadable or does not fit the rest is set aside. */
  Loaded load() {
    HostSpec stored = assemble();
    List<HostSpec> pending = store.load(PENDING);
    List<String> problems = store.setAside().stream().map(SpecStore::sentence).toList();
    if (pending.isEmpty()) {
      return new Loaded(stored, problems, problems.isEmpty() && !stored.isEmpty());
    }
    HostSpec wanted = pending.getFirst();
    storing(stored, wanted).addAll(forgetting(stored, wanted)).apply(Progress.NONE);
    return new Loaded(wanted, problems, problems.isEmpty());
  }

  /** The kernel is as wanted, so a note that was found has done its work. */
  void settled() {
    store.remove(PENDING, HostSpec.EMPTY);
  }

  private HostSpec assemble() {
    List<EtherstubSpec> etherstubs = store.load(ETHERSTUBS);
    List<OverlaySpec> overlays = store.load(OVERLAYS);
    List<ZoneSpec> zones = store.load(ZONES);
    List<VnicSpec> vnics = store.load(VNICS);
    List<AddressSpec> addresses = store.load(ADDRESSES);
    try {
      return new HostSpec(etherstubs, overlays, zones, vnics, addresses);
    } catch (IllegalArgumentException | LinkException e) {
      HostSpec fitting = fit(HostSpec.EMPTY, ETHERSTUBS, etherstubs, Edits::with);
      fitting = fit(fitting, OVERLAYS, overlays, Edits::with);
      fitting = fit(fitting, ZONES, zones, Edits::with);
      fitting = fit(fitting, VNICS, vnics, Edits::with);
      return fit(fitting, ADDRESSES, addresses, Edits::with);
    }
  }

  /** Adds what fits, one by one, and sets aside what does not. */
  private <T> HostSpec fit(
      HostSpec base, Kind<T> kind, List<T> specs, Function<T, UnaryOperator<HostSpec>> edit) {
    HostSpec fitting = base;
    for (T spec : specs) {
      try {
        fitting = edit.apply(spec).apply(fitting);
      } catch (IllegalArgumentException | LinkException e) {
        store.setAside(kind, spec, "does not fit the rest: " + e.getMessage());
      }
    }
    return fitting;
  }

  static String sentence(SetAside aside) {
    return "stored file "
        + aside.folder()
        + "/"
        + aside.file()
        + " is not in use: "
        + aside.reason();
  }

  /** The store's part of a change, around the kernel's: first store, then act, then forget. */
  Plan around(HostSpec from, HostSpec to, Plan kernel) {
    Plan storing = storing(from, to);
    Plan forgetting = forgetting(from, to);
    boolean needsNote = storing.steps().size() + forgetting.steps().size() > 1;
    Plan whole = new Plan();
    if (needsNote) {
      whole.add(
          Step.quiet("note change", () -> store.put(PENDING, to), () -> store.remove(PENDING, to)));
    }
    whole.addAll(storing).addAll(kernel).addAll(forgetting);
    if (needsNote) {
      whole.add(Step.quiet("strike note", () -> store.remove(PENDING, to), () -> {}));
    }
    return whole;
  }

  /** Stores what is new or different in the second state. */
  private Plan storing(HostSpec from, HostSpec to) {
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
  private Plan forgetting(HostSpec from, HostSpec to) {
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
