package io.arbalest.antispoof;

import static java.util.Objects.requireNonNull;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.linux.bpf.BpfObjects;
import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.vnic.Delivery;
import io.arbalest.vnic.PortGuard;
import io.arbalest.vnic.VnicSpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * The protection programs of one daemon instance, and the policies, counters, reports and pins
 * behind them.
 *
 * <p>Maps and programs are pinned in the instance's BPF file system and found there again after a
 * restart. If the rules have changed meanwhile, a new program is pinned in the old one's place and
 * {@link #replaced()} says so; filters that hold the old one go on until they are replaced. Ports
 * are links of the network namespace that the guard was opened in. Safe for use by several threads.
 */
public final class Guard implements PortGuard, AutoCloseable {
  /** With one of these, somebody wants to see what DHCP servers and routers say to the zone. */
  private static final Set<PolicyFlag> CONTROL =
      EnumSet.of(
          PolicyFlag.METHOD_DHCPV4,
          PolicyFlag.METHOD_DHCPV6,
          PolicyFlag.METHOD_SLAAC,
          PolicyFlag.RA_GUARD,
          PolicyFlag.DHCP_GUARD);

  private final LearnedAddresses learned;
  private final NetworkNamespace namespace;
  private final BpfObjects maps;
  private final PolicyTable policies;
  private final VtepTable vteps;
  private final PortMeters meters;
  private final Map<Direction, GuardProgram> programs = new EnumMap<>(Direction.class);
  private final AtomicBoolean listening = new AtomicBoolean();

  private Guard(Bpffs pins, LearnedAddresses learned, NetworkNamespace namespace, BpfObjects maps) {
    this.learned = learned;
    this.namespace = namespace;
    this.maps = maps;
    this.policies = new PolicyTable(maps);
    this.vteps = new VtepTable(maps);
    this.meters = new PortMeters(maps);
    meters.recover(policies.ports());
    try {
      for (Direction direction : Direction.values()) {
        programs.put(direction, GuardProgram.open(pins, maps, direction, model(direction)));
      }
      GuardMaps.FORMER.stream().filter(pins::contains).forEach(pins::remove);
    } catch (RuntimeException e) {
      programs.values().forEach(GuardProgram::close);
      throw e;
    }
  }

  static RuleModel model(Direction direction) {
    return switch (direction) {
      case FROM_ZONE -> ProtectionRules.model();
      case TO_ZONE -> ReceptionRules.model();
    };
  }

  /**
   * Opens what is pinned, and makes what is not.
   *
   * @param learned is asked whenever a policy is made of a VNIC
   * @throws KernelException if the kernel refuses a map or a program; its detail is the end of the
   *     verifier's log
   * @throws io.arbalest.linux.bpf.MapMismatchException if a map of another layout is pinned
   */
  public static Guard open(Bpffs pins, LearnedAddresses learned) {
    NetworkNamespace namespace = NetworkNamespace.current();
    try {
      BpfObjects maps = BpfObjects.open(pins, GuardMaps.ALL);
      try {
        return new Guard(pins, learned, namespace, maps);
      } catch (RuntimeException e) {
        maps.close();
        throw e;
      }
    } catch (RuntimeException e) {
      namespace.close();
      throw e;
    }
  }

  /** A guard of VNICs that learn no addresses. */
  public static Guard open(Bpffs pins) {
    return open(pins, LearnedAddresses.NONE);
  }

  @Override
  public BpfProgram program() {
    return program(Direction.FROM_ZONE).program();
  }

  @Override
  public BpfProgram reception() {
    return program(Direction.TO_ZONE).program();
  }

  private GuardProgram program(Direction direction) {
    return requireNonNull(programs.get(direction));
  }

  /** Whether another program was pinned when this guard was opened. */
  public boolean replaced() {
    return programs.values().stream().anyMatch(GuardProgram::replaced);
  }

  @Override
  public Delivery delivery(VnicSpec vnic) {
    return delivery(PortPolicy.of(vnic).flags());
  }

  private static Delivery delivery(Set<PolicyFlag> flags) {
    if (flags.contains(PolicyFlag.OWN_ONLY)) {
      return Delivery.BY_PORT;
    }
    return Collections.disjoint(flags, CONTROL) ? Delivery.DIRECT : Delivery.CONTROL_BY_PORT;
  }

  /**
   * {@inheritDoc}
   *
   * <p>What the VNIC has learned may change meanwhile. Whoever learns calls {@link #allow} and
   * {@link #withdraw} after {@link LearnedAddresses} says so, and that may meet the policy that is
   * replaced here; so it is asked again until nothing has changed.
   */
  @Override
  public void admit(int ifindex, VnicSpec vnic) {
    Set<InetAddress> asked;
    do {
      asked = learned.of(vnic.key());
      admit(ifindex, PortPolicy.of(vnic, asked));
    } while (!learned.of(vnic.key()).equals(asked));
  }

  /** Installs or replaces a policy; see {@link PortGuard#admit}. A new port's counters are zero. */
  public void admit(int ifindex, PortPolicy policy) {
    admit(ifindex, PolicyContents.of(policy));
  }

  void admit(int ifindex, PolicyContents policy) {
    boolean known = policies.has(ifindex);
    if (!known) {
      meters.reset(ifindex);
    }
    try {
      policies.install(ifindex, policy);
    } catch (RuntimeException e) {
      if (!known && !policies.has(ifindex)) {
        meters.forget(ifindex);
      }
      throw e;
    }
  }

  @Override
  public void forget(int ifindex) {
    policies.remove(ifindex);
    meters.forget(ifindex);
  }

  /**
   * Lets a port's zone use an address that it has learned, in one step, until it is withdrawn.
   *
   * @return false if the port has no policy; then nothing has changed
   * @throws KernelException if the map refuses; then nothing has changed
   */
  public boolean allow(int ifindex, InetAddress address) {
    return policies.allow(ifindex, address);
  }

  /**
   * Takes a learned address back, in one step. What the configuration allows stays allowed.
   *
   * @return false if the port has no policy
   */
  public boolean withdraw(int ifindex, InetAddress address) {
    return policies.withdraw(ifindex, address);
  }

  /**
   * Says which VTEPs the host has: no zone may send to them. One that was there before is there all
   * the while.
   *
   * @throws IllegalArgumentException if one has no address or no port; then nothing has changed
   */
  public void setVteps(Set<InetSocketAddress> addresses) {
    vteps.set(addresses);
  }

  /**
   * Starts a thread on which a listener hears what the programs have to tell, what they told since
   * the last one stopped included. Closing the result ends it.
   *
   * @throws IllegalStateException if another one is listening: each report is heard once
   */
  public Listening listen(GuardListener listener) {
    if (!listening.compareAndSet(false, true)) {
      throw new IllegalStateException("another listener is listening");
    }
    try {
      return new ReportReader(maps, listener, () -> listening.set(false));
    } catch (RuntimeException e) {
      listening.set(false);
      throw e;
    }
  }

  /** A listener's thread. */
  public interface Listening extends AutoCloseable {
    /** Ends it; the listener hears nothing after that. Not to be called by the listener itself. */
    @Override
    void close();
  }

  /** What a port's programs had to tell and did not, for being too much. */
  public Unreported unreported(int ifindex) {
    return meters.unreported(ifindex);
  }

  /**
   * Asks the program that is in force what it would do with a frame, and leaves no trace: nothing
   * is counted, reported or sent. May be called in any network namespace.
   *
   * @param frame from the Ethernet destination on
   * @throws IllegalArgumentException if the kernel runs no program on such a frame: one that ends
   *     before its IPv4 or IPv6 header does, has nothing behind the Ethernet header, or does not
   *     fit a page together with what the kernel adds
   */
  public Rehearsal rehearse(int ifindex, Direction direction, byte[] frame) {
    try (NetworkNamespace here = NetworkNamespace.current()) {
      return here.inode() == namespace.inode()
          ? rehearseHere(ifindex, direction, frame)
          : namespace.call(() -> rehearseHere(ifindex, direction, frame));
    }
  }

  private Rehearsal rehearseHere(int ifindex, Direction direction, byte[] frame) {
    try {
      return program(direction).rehearse(ifindex, frame);
    } catch (KernelException e) {
      if (e.errno() == Errno.EINVAL) {
        throw new IllegalArgumentException(
            "frame of %d bytes: 15 to some 3,600, and whole IP headers, are allowed"
                .formatted(frame.length),
            e);
      }
      if (e.errno() == Errno.ENODEV && !policies.has(ifindex)) {
        return new Rehearsal(Optional.of(model(direction).noPolicy()));
      }
      throw e;
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Under index 0 are the drops at interfaces that the guard does not know.
   */
  @Override
  public SortedMap<String, Long> drops(int ifindex) {
    return meters.drops(ifindex);
  }

  @Override
  public Set<String> receptionReasons() {
    return Arrays.stream(DropReason.values())
        .filter(DropReason::atReceiver)
        .map(DropReason::label)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Set<Integer> ports() {
    return policies.ports();
  }

  /** The VTEPs that no zone may send to, those that an earlier guard was told of included. */
  public Set<InetSocketAddress> vteps() {
    return vteps.list();
  }

  PolicyTable policies() {
    return policies;
  }

  /** Lets go of the descriptors; pins, policies and attached filters stay. */
  @Override
  public void close() {
    programs.values().forEach(GuardProgram::close);
    maps.close();
    namespace.close();
  }
}
