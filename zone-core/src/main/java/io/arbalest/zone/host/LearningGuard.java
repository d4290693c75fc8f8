package io.arbalest.zone.host;

import io.arbalest.antispoof.DropEvent;
import io.arbalest.antispoof.DynamicMethod;
import io.arbalest.antispoof.Guard;
import io.arbalest.antispoof.GuardListener;
import io.arbalest.antispoof.NotedFrame;
import io.arbalest.antispoof.PortPolicy;
import io.arbalest.antispoof.learn.AddressGate;
import io.arbalest.antispoof.learn.Binding;
import io.arbalest.antispoof.learn.Learner;
import io.arbalest.antispoof.learn.LearningPort;
import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.sys.BootClock;
import io.arbalest.vnic.Delivery;
import io.arbalest.vnic.PortGuard;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.zone.Instance;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The guard, together with who learns for it: every port that is admitted is one to learn for, and
 * what is learned opens and closes addresses.
 *
 * <p>Learning begins with {@link #listen}, when every port is known: what the kernel told before
 * waits for that.
 */
final class LearningGuard implements PortGuard, AutoCloseable {
  private final Guard guard;
  private final Learner learner;
  private final LearnedStore store;
  private final RecentDrops drops;
  private Optional<Guard.Listening> listening = Optional.empty();

  /** Why the gate could not be moved when it last was to be. */
  private volatile Optional<String> stuck = Optional.empty();

  private LearningGuard(Instance instance, Bpffs pins, RecentDrops drops) {
    this.drops = drops;
    this.learner = new Learner(new Gate());
    this.store = LearnedStore.open(instance.state(), BootClock.bootId(), learner::takeChanges);
    learner.restore(store.load());
    this.guard = Guard.open(pins, learner);
    store.start();
  }

  /**
   * Opens the guard of an instance, with what its VNICs had learned. Ports are links of the calling
   * thread's network namespace.
   *
   * @param drops is told of what is dropped
   */
  static LearningGuard open(Instance instance, Bpffs pins, RecentDrops drops) {
    return new LearningGuard(instance, pins, drops);
  }

  private final class Gate implements AddressGate {
    @Override
    public void allow(int ifindex, InetAddress address) {
      guard.allow(ifindex, address);
    }

    @Override
    public void withdraw(int ifindex, InetAddress address) {
      guard.withdraw(ifindex, address);
    }
  }

  /** Whether a VNIC's zone makes or gets IPv6 addresses by itself. */
  static boolean makesAddresses(VnicSpec vnic) {
    Set<DynamicMethod> methods = PortPolicy.of(vnic).methods();
    return methods.contains(DynamicMethod.SLAAC) || methods.contains(DynamicMethod.DHCPV6);
  }

  /** The guard itself. */
  Guard guard() {
    return guard;
  }

  /** Hears what the kernel tells from now on, and what it told while nobody listened. */
  synchronized void listen() {
    if (listening.isEmpty()) {
      learner.forgetUnseen();
      store.nudge();
      listening = Optional.of(guard.listen(new Ears()));
    }
  }

  /** Called on the guard's thread. */
  private final class Ears implements GuardListener {
    @Override
    public void onDrop(DropEvent event) {
      drops.add(new SeenDrop(learner.vnic(event.ifindex()), event, System.currentTimeMillis()));
    }

    @Override
    public void onNote(NotedFrame frame) {
      moving(() -> learner.onNote(frame));
    }

    @Override
    public void onCaughtUp() {
      moving(() -> learner.expire(BootClock.nanos()));
      if (learner.hasChanges()) {
        store.nudge();
      }
    }
  }

  private void moving(Runnable work) {
    try {
      work.run();
      stuck = Optional.empty();
    } catch (RuntimeException e) {
      stuck = Optional.of("a learned address cannot be opened or closed: " + e.getMessage());
    }
  }

  /** What is held, by VNIC and address. */
  List<Binding> learned() {
    return learner.bindings();
  }

  /** What is wrong, one sentence each. */
  List<String> problems() {
    List<String> problems = new ArrayList<>(store.problems());
    stuck.ifPresent(problems::add);
    return problems;
  }

  @Override
  public void admit(int ifindex, VnicSpec vnic) {
    PortPolicy policy = PortPolicy.of(vnic);
    LearningPort port =
        new LearningPort(
            vnic.key(),
            vnic.over(),
            policy.mac(),
            policy.macs(),
            policy.methods(),
            policy.allowed());
    learner.attach(ifindex, port, () -> guard.admit(ifindex, vnic));
    store.nudge();
  }

  @Override
  public void forget(int ifindex) {
    guard.forget(ifindex);
    learner.detach(ifindex);
    store.nudge();
  }

  @Override
  public BpfProgram program() {
    return guard.program();
  }

  @Override
  public BpfProgram reception() {
    return guard.reception();
  }

  @Override
  public int passMark() {
    return guard.passMark();
  }

  @Override
  public Delivery delivery(VnicSpec vnic) {
    return guard.delivery(vnic);
  }

  @Override
  public SortedMap<String, Long> drops(int ifindex) {
    return guard.drops(ifindex);
  }

  @Override
  public Set<String> receptionReasons() {
    return guard.receptionReasons();
  }

  @Override
  public Set<Integer> ports() {
    return guard.ports();
  }

  /** Removes the folder of what was learned if it is empty; after {@link #close}. */
  void prune() {
    store.prune();
  }

  /** Stops learning and stores what was learned; policies and filters stay. */
  @Override
  public synchronized void close() {
    listening.ifPresent(Guard.Listening::close);
    listening = Optional.empty();
    store.close();
    guard.close();
  }
}
