package io.arbalest.vnic;

import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.rtnetlink.BpfFilter;
import io.arbalest.linux.rtnetlink.Direction;
import io.arbalest.linux.rtnetlink.FilterPlace;
import io.arbalest.linux.rtnetlink.Traffic;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The programs at the traffic-control hooks of ports and uplinks. A VNIC's port has the guard and
 * then the switch at ingress, and the guard's reception at egress; an uplink has the switch alone.
 */
final class PortFilters {
  private static final int GUARD_PREFERENCE = 1;
  private static final int SWITCH_PREFERENCE = 2;

  private final Traffic traffic;
  private final Part guard;
  private final Part reception;
  private final Part switching;

  /** A program, and what it is called in reports. */
  private record Part(String name, BpfProgram program, Direction direction, int preference) {
    FilterPlace on(int ifindex) {
      return new FilterPlace(ifindex, direction, preference, 1);
    }
  }

  PortFilters(Traffic traffic, PortGuard guard, BpfProgram switching) {
    this.traffic = traffic;
    this.guard = new Part("guard", guard.program(), Direction.INGRESS, GUARD_PREFERENCE);
    this.reception = new Part("reception", guard.reception(), Direction.EGRESS, GUARD_PREFERENCE);
    this.switching = new Part("switch", switching, Direction.INGRESS, SWITCH_PREFERENCE);
  }

  private List<Part> ofPort() {
    return List.of(guard, reception, switching);
  }

  /** Attaches all to a VNIC's port, the switch last; in place of what is there, frame by frame. */
  void attachToPort(int ifindex) {
    attach(ifindex, ofPort());
  }

  /** Attaches the switch alone to an uplink. */
  void attachToUplink(int ifindex) {
    attach(ifindex, List.of(switching));
  }

  private void attach(int ifindex, List<Part> parts) {
    addHooks(ifindex);
    for (Part part : parts) {
      traffic.attach(part.on(ifindex), part.program.name(), part.program.fd());
    }
  }

  /** Asking first would list the qdiscs of all links. */
  private void addHooks(int ifindex) {
    try {
      traffic.addClsact(ifindex);
    } catch (KernelException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
  }

  /** Takes everything off a port that is down, whoever put it there, and attaches all anew. */
  void attachAnewToPort(int ifindex) {
    try {
      traffic.clearHooks(ifindex);
    } catch (KernelException e) {
      if (e.errno() != Errno.ENOENT && e.errno() != Errno.EINVAL) {
        throw e;
      }
    }
    attachToPort(ifindex);
  }

  /** Whether a VNIC's port has just these programs, in order. */
  boolean areOnPort(int ifindex) {
    return damageToPort(ifindex).isEmpty();
  }

  /** Whether an uplink has just the switch. */
  boolean isOnUplink(int ifindex) {
    return damage(ifindex, List.of(switching)).isEmpty();
  }

  /** What is not as it should be on a VNIC's port: {@code guard missing}. */
  List<String> damageToPort(int ifindex) {
    return damage(ifindex, ofPort());
  }

  private List<String> damage(int ifindex, List<Part> parts) {
    List<BpfFilter> found = new ArrayList<>(traffic.filters(ifindex, Direction.INGRESS));
    found.addAll(traffic.filters(ifindex, Direction.EGRESS));
    List<String> damage = new ArrayList<>();
    for (Part part : parts) {
      Optional<BpfFilter> there =
          found.stream().filter(filter -> filter.place().equals(part.on(ifindex))).findFirst();
      there.ifPresent(found::remove);
      if (there.isEmpty()) {
        damage.add(part.name + " missing");
      } else if (!there.get().directAction() || there.get().programId() != id(part)) {
        damage.add(part.name + " replaced");
      }
    }
    found.forEach(filter -> damage.add("foreign filter '" + filter.name() + "'"));
    return damage;
  }

  private static long id(Part part) {
    return part.program.info().id();
  }
}
