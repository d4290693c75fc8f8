package io.arbalest.zone.host;

import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.link.StartMode;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.Instance;
import io.arbalest.zone.plan.Plan;
import io.arbalest.zone.plan.PlanException;
import io.arbalest.zone.plan.Progress;
import io.arbalest.zone.plan.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Brings the kernel to what is stored when a daemon starts, after whatever end its predecessor
 * found.
 *
 * <p>Everything is read before anything is deleted. What is right stays as it is, with its
 * interface index. What bears our mark and is not wanted goes, unless the store has lost something:
 * with a file that could not be used, or with nothing stored at all, nobody can tell what is
 * wanted, so everything is left in place and named as a problem. One object that cannot be made
 * does not keep the others from being made.
 */
final class Recovery {
  private final Instance instance;
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private volatile List<String> ofStore = List.of();
  private volatile boolean holding;

  Recovery(Instance instance) {
    this.instance = instance;
  }

  /** What is wrong, one sentence each. */
  List<String> problems() {
    List<String> all = new ArrayList<>(ofStore);
    all.addAll(problems);
    return all;
  }

  /** What of that only somebody can put right in the store. */
  List<String> ofStore() {
    return ofStore;
  }

  /** Whether trying again may help: something failed that may have had a passing reason. */
  boolean mayRetry() {
    return !problems.isEmpty() && !holding;
  }

  /** Whether something is left in place that nothing stored accounts for. */
  boolean holds() {
    return holding;
  }

  /** A change that was asked for has put everything in order. */
  void cleared() {
    holding = false;
    problems.clear();
  }

  /** Notes what a failed change left behind. */
  void remember(PlanException failure) {
    failure.undoFailures().forEach(left -> problems.add("left behind: " + left));
  }

  void recover(HostKernel kernel, SpecStore.Loaded loaded, Progress progress) {
    ofStore = loaded.problems();
    problems.clear();
    HostSpec usable = resumeOverlays(kernel, loaded.spec(), progress);
    Survey survey = Survey.of(instance, kernel, loaded.spec());
    Survey.Leftovers leftovers = survey.leftovers();
    if (!leftovers.isEmpty() && !loaded.certain()) {
      holding = true;
      problems.add("held, because what is stored does not account for it: " + leftovers);
    } else {
      holding = !attempt(clearing(kernel, List.of(), leftovers), progress);
    }
    kernel.board().sweep();
    // What failed to resume cannot be judged, and neither can what depends on it.
    HostSpec right = HostParts.within(survey.right(), usable);
    List<VnicKey> judged = usable.vnics().stream().map(VnicSpec::key).toList();
    List<VnicKey> wrong = survey.wrong().stream().filter(judged::contains).toList();
    attempt(clearing(kernel, wrong, none()), progress);
    new HostPlanner(kernel, right, usable)
        .steps()
        .forEach(step -> attempt(new Plan().add(step), progress));
  }

  private static Survey.Leftovers none() {
    return new Survey.Leftovers(List.of(), List.of(), List.of(), List.of());
  }

  /** Takes over the overlays' links, so that traffic flows again first of all. */
  private HostSpec resumeOverlays(HostKernel kernel, HostSpec wanted, Progress progress) {
    Set<LinkName> failed = new HashSet<>();
    for (OverlaySpec overlay : wanted.overlays()) {
      if (kernel.overlays().find(overlay.name()).isPresent()) {
        continue;
      }
      try {
        progress.report("resume overlay " + overlay.name());
        kernel.makeOverlay(overlay, StartMode.HOLD);
      } catch (RuntimeException e) {
        failed.add(overlay.name());
        problems.add("overlay " + overlay.name() + " cannot be resumed: " + e.getMessage());
      }
    }
    return failed.isEmpty() ? wanted : HostParts.without(wanted, failed);
  }

  private boolean attempt(Plan plan, Progress progress) {
    try {
      plan.apply(progress);
      return true;
    } catch (PlanException e) {
      problems.add(e.getMessage());
      return false;
    }
  }

  /** Steps that remove what should not be there; there is no way back, and no need of one. */
  Plan clearing(HostKernel kernel, List<VnicKey> wrong, Survey.Leftovers leftovers) {
    Plan plan = new Plan();
    List<VnicKey> vnics = new ArrayList<>(wrong);
    vnics.addAll(leftovers.vnics());
    if (!vnics.isEmpty()) {
      plan.add(Step.check("remove vnics " + vnics, () -> kernel.dropVnics(vnics)));
    }
    for (LinkName name : leftovers.switches()) {
      plan.add(Step.check("remove switch " + name, () -> kernel.dropSwitch(name)));
    }
    if (!leftovers.overlays().isEmpty()) {
      plan.add(
          Step.check(
              "remove overlay links " + leftovers.overlays(),
              () -> kernel.removeOrphans(leftovers.overlays())));
    }
    leftovers
        .zones()
        .forEach(pins -> plan.add(Step.check("remove zone " + pins.zone(), pins::delete)));
    return plan;
  }
}
