package io.arbalest.zone.host;

import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.link.StartMode;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.zone.AddressSpec;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.ZoneSpec;
import io.arbalest.zone.plan.Plan;
import io.arbalest.zone.plan.Step;
import io.arbalest.zone.reconcile.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Turns a difference into steps, in the order that dependencies ask for: what goes, goes from the
 * top down; what comes, comes from the bottom up.
 */
final class HostPlanner {
  private final HostKernel kernel;
  private final HostSpec from;
  private final Difference difference;

  HostPlanner(HostKernel kernel, HostSpec from, HostSpec to) {
    this.kernel = kernel;
    this.from = from;
    this.difference = Difference.between(from, to);
  }

  /** The steps; each changes one object, or VNICs that go together. */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    difference.addresses().removed().forEach(spec -> steps.add(removeAddresses(spec)));
    if (!difference.vnics().removed().isEmpty()) {
      steps.add(removeVnics(difference.vnics().removed()));
    }
    difference.overlays().removed().forEach(spec -> steps.add(removeOverlay(spec)));
    difference.etherstubs().removed().forEach(spec -> steps.add(removeEtherstub(spec)));
    difference.zones().removed().forEach(spec -> steps.add(removeZone(spec)));
    difference.zones().added().forEach(spec -> steps.add(addZone(spec)));
    difference.etherstubs().added().forEach(spec -> steps.add(addEtherstub(spec)));
    difference.overlays().added().forEach(spec -> steps.add(addOverlay(spec)));
    difference.vnics().added().forEach(spec -> steps.add(addVnic(spec)));
    difference.reguarded().forEach(change -> steps.add(reguard(change)));
    difference.addresses().added().forEach(spec -> steps.add(addAddresses(spec)));
    return steps;
  }

  /** The same steps as one plan. */
  Plan plan() {
    Plan plan = new Plan();
    steps().forEach(plan::add);
    return plan;
  }

  private Step addZone(ZoneSpec spec) {
    return new Step(
        "create zone " + spec.name(),
        () -> kernel.makeZone(spec),
        () -> kernel.dropZone(spec.name()));
  }

  private Step removeZone(ZoneSpec spec) {
    return new Step(
        "delete zone " + spec.name(),
        () -> kernel.dropZone(spec.name()),
        () -> kernel.makeZone(spec));
  }

  private Step addEtherstub(EtherstubSpec spec) {
    List<EtherstubSpec> before =
        from.etherstubs().stream().filter(stub -> stub.name().equals(spec.name())).toList();
    return before.isEmpty()
        ? new Step(
            "create etherstub " + spec.name(),
            () -> kernel.makeEtherstub(spec),
            () -> kernel.dropSwitch(spec.name()))
        : new Step(
            "set mtu " + spec.mtu() + " of etherstub " + spec.name(),
            () -> kernel.makeEtherstub(spec),
            () -> before.forEach(kernel::makeEtherstub));
  }

  private Step removeEtherstub(EtherstubSpec spec) {
    return new Step(
        "delete etherstub " + spec.name(),
        () -> kernel.dropSwitch(spec.name()),
        () -> kernel.makeEtherstub(spec));
  }

  private Step addOverlay(OverlaySpec spec) {
    return new Step(
        "create overlay " + spec.name() + " (vni " + spec.vni() + ")",
        () -> kernel.makeOverlay(spec, StartMode.STRICT),
        () -> kernel.dropOverlay(spec.name()));
  }

  private Step removeOverlay(OverlaySpec spec) {
    return new Step(
        "delete overlay " + spec.name(),
        () -> kernel.dropOverlay(spec.name()),
        () -> kernel.makeOverlay(spec, StartMode.HOLD));
  }

  private Step addVnic(VnicSpec spec) {
    return new Step(
        "create vnic " + spec.key() + " over " + spec.over(),
        () -> kernel.makeVnic(spec),
        () -> kernel.dropVnics(List.of(spec.key())));
  }

  private Step removeVnics(List<VnicSpec> specs) {
    List<VnicKey> keys = specs.stream().map(VnicSpec::key).toList();
    String names = keys.stream().map(VnicKey::toString).collect(Collectors.joining(", "));
    return new Step(
        "delete vnic " + names,
        () -> kernel.dropVnics(keys),
        () -> {
          specs.forEach(kernel::makeVnic);
          from.addresses().stream()
              .filter(spec -> keys.contains(spec.vnic()))
              .forEach(kernel::addAddresses);
        });
  }

  private Step reguard(Difference.Reguarded change) {
    return new Step(
        "set protection of vnic " + change.after().key(),
        () -> kernel.reguard(change.after()),
        () -> kernel.reguard(change.before()));
  }

  private Step addAddresses(AddressSpec spec) {
    return new Step(
        "set address " + spec.vnic() + " " + text(spec),
        () -> kernel.addAddresses(spec),
        () -> kernel.removeAddresses(spec));
  }

  private Step removeAddresses(AddressSpec spec) {
    return new Step(
        "remove address " + spec.vnic() + " " + text(spec),
        () -> kernel.removeAddresses(spec),
        () -> kernel.addAddresses(spec));
  }

  private static String text(AddressSpec spec) {
    return spec.prefixes().stream().map(Object::toString).collect(Collectors.joining(" "));
  }
}
