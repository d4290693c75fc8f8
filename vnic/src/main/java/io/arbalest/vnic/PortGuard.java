package io.arbalest.vnic;

import io.arbalest.linux.bpf.BpfProgram;
import java.util.Set;
import java.util.SortedMap;

/**
 * The program in front of the switch at every port, and the policies it reads.
 *
 * <p>The {@link Switchboard} attaches {@link #program()} to a port's traffic-control ingress as the
 * first filter (direct action). It answers {@code TC_ACT_UNSPEC} to let the switch, the second
 * filter, go on, or {@code TC_ACT_SHOT} to drop; a port for which it holds no policy must drop
 * everything. So the order when a port is made is: program attached, {@link #admit}, port up; and
 * {@link #forget} only after the port is gone. A policy belongs to an interface index of the
 * daemon's network namespace and outlives the daemon, as the program does.
 *
 * <p>Every method may be called by several threads at once for different ports; the switchboard
 * never has two calls for one port at the same time.
 */
public interface PortGuard {
  /**
   * The program to attach; the guard keeps it open. Constant while the guard is open. After a
   * restart it should be the one that was pinned, if that is still the right one; the switchboard
   * replaces, in place, any other program that it finds attached.
   */
  BpfProgram program();

  /**
   * What {@link #program()} writes to {@code skb->mark} of every frame that it lets through. The
   * switch drops a VNIC's frame without it and takes it off the others, so a port whose guard
   * somebody detached is shut, not open. No zone can forge it: the kernel clears the mark when a
   * frame leaves the zone's namespace.
   *
   * @return not 0; or 0 if it writes none, and the switch shall not ask
   */
  default int passMark() {
    return 0;
  }

  /**
   * The program to attach to a port's traffic-control egress: what it judges is on its way to the
   * zone. The rules for {@link #program()} hold for it as well. It answers {@code TC_ACT_UNSPEC} to
   * let a frame through, or {@code TC_ACT_SHOT} to drop it.
   */
  BpfProgram reception();

  /** How frames have to reach a VNIC for its guard to see what it must. */
  Delivery delivery(VnicSpec vnic);

  /**
   * Installs the policy of a port that is not up yet, or replaces it, by which no frame ever meets
   * a half-filled policy: until the last step the old one, or none, is in force.
   *
   * @param ifindex the port
   * @param vnic its MAC and protection are what the policy is made of
   * @throws IllegalArgumentException if the protection is not one that exists; nothing has changed
   * @throws io.arbalest.linux.sys.KernelException if a map refused the change
   */
  void admit(int ifindex, VnicSpec vnic);

  /**
   * Removes policy and counters of a port; everything it sent from now on would be dropped. Does
   * nothing if there are none.
   */
  void forget(int ifindex);

  /**
   * Frames dropped at a port by reason, every reason of the guard present, names as an operator
   * reads them. All zero if the port is unknown.
   */
  SortedMap<String, Long> drops(int ifindex);

  /** Which of those names are of frames to the zone; the others are of frames from it. */
  default Set<String> receptionReasons() {
    return Set.of();
  }

  /** Every interface index for which a policy exists, so that a leftover can be forgotten. */
  Set<Integer> ports();
}
