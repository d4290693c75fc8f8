package io.arbalest.vnic;

import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.rtnetlink.BpfFilter;
import io.arbalest.linux.rtnetlink.Direction;
import io.arbalest.linux.rtnetlink.FilterPlace;
import io.arbalest.linux.rtnetlink.Traffic;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import java.util.List;

/** The programs at the traffic-control ingress of ports and uplinks: guard first, then switch. */
final class PortFilters {
  private static final int GUARD_PREFERENCE = 1;
  private static final int SWITCH_PREFERENCE = 2;

  private final Traffic traffic;
  private final BpfProgram guard;
  private final BpfProgram switching;

  PortFilters(Traffic traffic, BpfProgram guard, BpfProgram switching) {
    this.traffic = traffic;
    this.guard = guard;
    this.switching = switching;
  }

  /** Attaches both to a VNIC's port, the guard first; in place of what is there, frame by frame. */
  void attachToPort(int ifindex) {
    addHook(ifindex);
    attach(ifindex, GUARD_PREFERENCE, guard);
    attach(ifindex, SWITCH_PREFERENCE, switching);
  }

  /** Attaches the switch alone to an uplink. */
  void attachToUplink(int ifindex) {
    addHook(ifindex);
    attach(ifindex, SWITCH_PREFERENCE, switching);
  }

  /** Asking first would list the qdiscs of all links. */
  private void addHook(int ifindex) {
    try {
      traffic.addClsact(ifindex);
    } catch (KernelException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
  }

  private void attach(int ifindex, int preference, BpfProgram program) {
    traffic.attach(FilterPlace.ingress(ifindex, preference), program.name(), program.fd());
  }

  /** Whether a VNIC's port has exactly these two programs, in order. */
  boolean areOnPort(int ifindex) {
    return programs(ifindex).equals(List.of(id(guard), id(switching)));
  }

  /** Whether an uplink has exactly the switch. */
  boolean isOnUplink(int ifindex) {
    return programs(ifindex).equals(List.of(id(switching)));
  }

  private List<Long> programs(int ifindex) {
    return traffic.filters(ifindex, Direction.INGRESS).stream()
        .filter(BpfFilter::directAction)
        .map(BpfFilter::programId)
        .toList();
  }

  private static long id(BpfProgram program) {
    return program.info().id();
  }
}
