package io.arbalest.zone.host;

import io.arbalest.antispoof.Guard;
import io.arbalest.antispoof.learn.Binding;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.overlay.OverlaySpec;
import io.arbalest.overlay.link.Overlay;
import io.arbalest.overlay.link.Overlays;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkException;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.LinkStatus;
import io.arbalest.vnic.PortFacts;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.Switchboard;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.AddressSpec;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.Instance;
import io.arbalest.zone.NetnsFolder;
import io.arbalest.zone.Zone;
import io.arbalest.zone.ZoneSpec;
import io.arbalest.zone.daemon.ManagedHost;
import io.arbalest.zone.plan.Plan;
import io.arbalest.zone.plan.PlanException;
import io.arbalest.zone.plan.Progress;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A host: what is wanted of it, and the kernel that is held to that.
 *
 * <p>It belongs to the network namespace of the thread that calls {@link #settle}. Changes may be
 * asked for by any thread and happen one at a time; each is stored before the kernel is touched,
 * happens as a whole, and is undone as far as possible if a step of it fails. Looking is possible
 * at any time.
 */
public final class Host implements ManagedHost {
  /** A look at every port asks the kernel three things of each, so it is not taken every time. */
  private static final int TENDS_PER_LOOK = 12;

  private final Instance instance;
  private final SpecStore store;
  private final UidSlots slots;
  private final Recovery recovery;
  private final RecentDrops drops = new RecentDrops();

  /** Opened by {@link #settle}. */
  private volatile Optional<HostKernel> kernel = Optional.empty();

  private volatile HostSpec desired = HostSpec.EMPTY;

  /** Held while something is changed. */
  private final Object changes = new Object();

  /** How often {@link #tend} was called; used while {@link #changes} is held. */
  private int tended;

  private Host(Instance instance, SpecStore store) {
    this.instance = instance;
    this.store = store;
    this.slots = new UidSlots(instance);
    this.recovery = new Recovery(instance);
  }

  /**
   * Opens the host of an instance; the kernel is not touched yet. The caller holds the instance's
   * lock.
   *
   * @throws io.arbalest.zone.store.StoreException if the state folder is not ours alone
   */
  public static Host open(Instance instance) {
    return new Host(instance, SpecStore.open(instance.state()));
  }

  @Override
  public void settle(Progress progress) {
    synchronized (changes) {
      SpecStore.Loaded loaded = store.load();
      makeRunFolder();
      HostKernel opened = HostKernel.open(instance, drops);
      kernel = Optional.of(opened);
      desired = loaded.spec();
      recovery.recover(opened, loaded, progress);
      opened.listen();
      store.settled();
    }
  }

  private void makeRunFolder() {
    try {
      Files.createDirectories(instance.run());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Tries again what failed when the host settled, such as an overlay whose address came late, and
   * makes again the VNICs whose ports somebody took away.
   */
  @Override
  public void tend() {
    synchronized (changes) {
      kernel.ifPresent(this::tend);
    }
  }

  private void tend(HostKernel now) {
    if (++tended % TENDS_PER_LOOK == 0) {
      now.inspect();
    }
    if (recovery.holds()) {
      return;
    }
    if (now.reports().takeLost() || recovery.mayRetry()) {
      SpecStore.Loaded wanted = new SpecStore.Loaded(desired, recovery.ofStore(), true);
      recovery.recover(now, wanted, Progress.NONE);
    }
  }

  /**
   * Wants this from now on, and brings the kernel to it from whatever it is found to be; what is
   * found right stays untouched. The directories of overlays are read anew: what they say may have
   * changed although the spec has not.
   *
   * @throws PlanException if a step failed; the finished ones were undone, and what was wanted
   *     before is wanted still
   */
  @Override
  public void converge(HostSpec wanted, Progress progress) {
    synchronized (changes) {
      HostKernel now = kernel();
      HostSpec before = desired;
      HostSpec next = slots.choose(wanted, before);
      Survey survey = Survey.of(instance, now, before);
      Plan plan = recovery.clearing(now, survey.wrong(), without(survey.leftovers(), next));
      plan.addAll(new HostPlanner(now, survey.right(), next).plan());
      apply(store.around(before, next, plan), next, progress);
      // The spec says where a directory is, not what is in it.
      now.reloadOverlays();
      recovery.cleared();
      now.reports().clear();
    }
  }

  /** What is ours and left over, except what the new spec wants and will take over. */
  private static Survey.Leftovers without(Survey.Leftovers leftovers, HostSpec next) {
    List<LinkName> overlays = next.overlays().stream().map(OverlaySpec::name).toList();
    return new Survey.Leftovers(
        leftovers.vnics(),
        leftovers.switches().stream().filter(name -> !overlays.contains(name)).toList(),
        leftovers.overlays().stream().filter(name -> !overlays.contains(name)).toList(),
        leftovers.zones());
  }

  /**
   * Changes what is wanted, and the kernel by the difference; the rest of the kernel is trusted to
   * be as it was made.
   *
   * @throws RuntimeException what the failing step threw, if all before it could be undone
   * @throws PlanException if something could not be undone; it names what
   */
  public void change(UnaryOperator<HostSpec> edit) {
    synchronized (changes) {
      HostSpec before = desired;
      HostSpec next = slots.choose(edit.apply(before), before);
      Plan plan = new HostPlanner(kernel(), before, next).plan();
      try {
        apply(store.around(before, next, plan), next, Progress.NONE);
      } catch (PlanException e) {
        if (e.undoFailures().isEmpty() && e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e;
      }
    }
  }

  private void apply(Plan plan, HostSpec next, Progress progress) {
    try {
      plan.apply(progress);
      desired = next;
    } catch (PlanException e) {
      recovery.remember(e);
      throw e;
    }
  }

  public void createEtherstub(EtherstubSpec spec) {
    change(Edits.with(spec));
  }

  /** Refused with {@code link busy} while VNICs are on it. */
  public void deleteEtherstub(LinkName name) {
    change(Edits.withoutEtherstub(name));
  }

  public void createOverlay(OverlaySpec spec) {
    change(Edits.with(spec));
  }

  /** Refused with {@code link busy} while VNICs are on it. */
  public void deleteOverlay(LinkName name) {
    change(Edits.withoutOverlay(name));
  }

  public Zone createZone(ZoneSpec spec) {
    change(Edits.with(spec));
    return zone(spec.name()).orElseThrow();
  }

  /** Deletes a zone with its VNICs and ends its processes. */
  public void deleteZone(ZoneName name) {
    change(Edits.withoutZone(name));
  }

  public void createVnic(VnicSpec spec) {
    change(Edits.with(spec));
  }

  public void deleteVnic(VnicKey key) {
    change(Edits.withoutVnic(key));
  }

  /** Replaces a VNIC's protection in place; no frame meets half of it. */
  public void setProtection(VnicKey vnic, ProtectionSpec protection) {
    change(Edits.with(vnic, protection));
  }

  /** Sets the addresses of a VNIC's zone end, in place of those it has from us. */
  public void setAddresses(VnicKey vnic, List<IpPrefix> prefixes) {
    change(Edits.with(new AddressSpec(vnic, prefixes)));
  }

  @Override
  public HostSpec desired() {
    return desired;
  }

  public Instance instance() {
    return instance;
  }

  /** A zone that exists; it stays owned by this host. */
  public Optional<Zone> zone(ZoneName name) {
    return kernel.flatMap(k -> k.zone(name));
  }

  /** The zones that exist, by name. */
  public Collection<Zone> zones() {
    return kernel.map(HostKernel::zones).orElse(List.of());
  }

  /** The overlays at work, by name. */
  public List<Overlay> overlays() {
    return kernel.map(HostKernel::overlays).map(Overlays::list).orElse(List.of());
  }

  /**
   * The switches and VNICs, for looking at.
   *
   * @throws IllegalStateException if the kernel could not be opened
   */
  public Switchboard switchboard() {
    return kernel().board();
  }

  /** The addresses that VNICs have got by themselves, by VNIC and address. */
  public List<Binding> learned() {
    return kernel.map(HostKernel::learned).orElse(List.of());
  }

  /** The end points of tunnels that no zone may send to. */
  public Set<InetSocketAddress> vteps() {
    return kernel.map(k -> k.guard().vteps()).orElse(Set.of());
  }

  /** The frames that protection dropped lately. */
  public DropLog drops() {
    return drops;
  }

  /** The running programs, for trying; it knows the ports that there are now. */
  public Stage stage() {
    Guard guard = kernel().guard();
    Map<VnicKey, PortFacts> ports = switchboard().ports();
    return (vnic, direction, frame) ->
        guard.rehearse(filtered(ports, vnic).ifindex(), direction, frame);
  }

  private static PortFacts filtered(Map<VnicKey, PortFacts> ports, VnicKey vnic) {
    PortFacts port = ports.get(vnic);
    if (port == null) {
      throw new LinkException(LinkStatus.OBJECT_NOT_FOUND, "vnic " + vnic + " has no port");
    }
    if (!port.state().filtered()) {
      throw new LinkException(
          LinkStatus.OPERATION_FAILED, "the port of vnic " + vnic + " has not its filters");
    }
    return port;
  }

  private HostKernel kernel() {
    return kernel.orElseThrow(
        () -> new IllegalStateException("the host has not settled: its kernel side is not open"));
  }

  @Override
  public Object state() {
    return kernel
        .map(HostState::of)
        .orElse(new HostState(List.of(), List.of(), List.of(), List.of()));
  }

  /** What somebody did to ports lately that has been put right, one sentence each. */
  public List<String> repaired() {
    return kernel.map(HostKernel::reports).map(PortReports::repaired).orElse(List.of());
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(recovery.problems());
    kernel.map(HostKernel::problems).ifPresent(problems::addAll);
    problems.addAll(repaired());
    for (Overlay overlay : overlays()) {
      overlay
          .health()
          .fault()
          .ifPresent(words -> problems.add("overlay " + overlay.name() + ": " + words));
    }
    return problems;
  }

  @Override
  public boolean isEmpty() {
    return desired.isEmpty() && !recovery.holds();
  }

  /** Removes mounts and folders of a host that is empty; it cannot be used any more. */
  @Override
  public void vacate() {
    synchronized (changes) {
      kernel.ifPresent(HostKernel::vacate);
      kernel = Optional.empty();
      Failpoint.hit("vacate " + instance.run());
      delete(instance.bpffs().toFile());
      delete(instance.userPins().toFile());
      store.prune();
      NetnsFolder.leave(instance);
    }
  }

  private static void delete(File folder) {
    if (folder.exists() && !folder.delete()) {
      throw new UncheckedIOException(new IOException(folder + " is not empty"));
    }
  }

  @Override
  public void close() {
    synchronized (changes) {
      kernel.ifPresent(HostKernel::close);
      kernel = Optional.empty();
      drops.close();
    }
  }
}
