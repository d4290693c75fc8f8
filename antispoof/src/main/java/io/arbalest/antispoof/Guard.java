package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.MapSpec;
import io.arbalest.linux.bpf.ProgramInfo;
import io.arbalest.vnic.Delivery;
import io.arbalest.vnic.PortGuard;
import io.arbalest.vnic.VnicSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The protection program of one daemon instance, and the policies, counters and pins behind it.
 *
 * <p>Maps and program are pinned in the instance's BPF file system and found there again after a
 * restart. If the rules have changed meanwhile, a new program is pinned in the old one's place and
 * {@link #replaced()} says so; filters that hold the old one go on until they are replaced.
 */
public final class Guard implements PortGuard, AutoCloseable {
  private static final List<MapSpec> MAPS =
      List.of(GuardMaps.POLICY, GuardMaps.IPV4, GuardMaps.IPV6, GuardMaps.DROPS);

  private final Map<String, BpfMap> maps = new HashMap<>();
  private final BpfProgram program;
  private final boolean replaced;
  private final PolicyTable policies;

  private Guard(Bpffs pins) {
    try {
      MAPS.forEach(spec -> maps.put(spec.name(), pins.map(spec)));
      policies = new PolicyTable(map(GuardMaps.POLICY), map(GuardMaps.IPV4), map(GuardMaps.IPV6));
      if (counters(GuardMaps.UNKNOWN_PORT).isEmpty()) {
        resetCounters(GuardMaps.UNKNOWN_PORT);
      }
      BpfProgram fresh = BpfProgram.load(BpfCompiler.compile(ProtectionRules.model()), maps);
      boolean known = pins.contains(BpfCompiler.NAME);
      program = pinned(pins, fresh);
      replaced = known && program == fresh;
    } catch (RuntimeException e) {
      maps.values().forEach(BpfMap::close);
      throw e;
    }
  }

  /**
   * Opens what is pinned, and makes what is not.
   *
   * @throws io.arbalest.linux.sys.KernelException if the kernel refuses a map or the program; its
   *     detail is the end of the verifier's log
   * @throws io.arbalest.linux.bpf.MapMismatchException if a map of another layout is pinned
   */
  public static Guard open(Bpffs pins) {
    return new Guard(pins);
  }

  /** The pinned program if it is the same one; else the fresh one, pinned in its place. */
  private static BpfProgram pinned(Bpffs pins, BpfProgram fresh) {
    try {
      if (pins.contains(BpfCompiler.NAME)) {
        BpfProgram old = pins.program(BpfCompiler.NAME);
        if (same(old.info(), fresh.info())) {
          fresh.close();
          return old;
        }
        old.close();
      }
      pins.pin(fresh);
      return fresh;
    } catch (RuntimeException e) {
      fresh.close();
      throw e;
    }
  }

  /** The tag leaves the maps out, so they are compared as well. */
  private static boolean same(ProgramInfo one, ProgramInfo other) {
    return one.tag().equals(other.tag())
        && Set.copyOf(one.mapIds()).equals(Set.copyOf(other.mapIds()));
  }

  @Override
  public BpfProgram program() {
    return program;
  }

  @Override
  public BpfProgram reception() {
    return program;
  }

  @Override
  public Delivery delivery(VnicSpec vnic) {
    return Delivery.DIRECT;
  }

  /** Whether another program was pinned when this guard was opened. */
  public boolean replaced() {
    return replaced;
  }

  @Override
  public void admit(int ifindex, VnicSpec vnic) {
    admit(ifindex, PortPolicy.of(vnic));
  }

  /** Installs or replaces a policy; see {@link PortGuard#admit}. A new port's counters are zero. */
  public void admit(int ifindex, PortPolicy policy) {
    if (!policies.has(ifindex)) {
      resetCounters(ifindex);
    }
    policies.install(ifindex, policy);
  }

  @Override
  public void forget(int ifindex) {
    policies.remove(ifindex);
    map(GuardMaps.DROPS).delete(PolicyTable.key(ifindex));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Under index 0 are the drops at interfaces that the guard does not know.
   */
  @Override
  public SortedMap<String, Long> drops(int ifindex) {
    long[] sums = map(GuardMaps.DROPS).sums(PolicyTable.key(ifindex));
    SortedMap<String, Long> drops = new TreeMap<>();
    for (DropReason reason : DropReason.values()) {
      drops.put(reason.label(), sums[reason.number()]);
    }
    return drops;
  }

  @Override
  public Set<Integer> ports() {
    return policies.ports();
  }

  PolicyTable policies() {
    return policies;
  }

  private List<byte[]> counters(int ifindex) {
    return map(GuardMaps.DROPS).lookupPerCpu(PolicyTable.key(ifindex));
  }

  private void resetCounters(int ifindex) {
    map(GuardMaps.DROPS).update(PolicyTable.key(ifindex), new byte[GuardMaps.DROPS.valueSize()]);
  }

  private BpfMap map(MapSpec spec) {
    BpfMap map = maps.get(spec.name());
    if (map == null) {
      throw new IllegalStateException("map " + spec.name() + " is not open");
    }
    return map;
  }

  /** Lets go of the descriptors; pins, policies and attached filters stay. */
  @Override
  public void close() {
    program.close();
    maps.values().forEach(BpfMap::close);
  }
}
