package io.arbalest.vnic;

import io.arbalest.linux.net.MacAddress;
import java.util.Optional;

/**
 * A VNIC's port as the kernel has it.
 *
 * @param key the VNIC, by the port's mark
 * @param ifindex the port's, in the daemon's namespace
 * @param portName the port's name there
 * @param seat where it is plugged in; empty if it was never finished
 * @param state of the link
 */
public record PortFacts(
    VnicKey key, int ifindex, String portName, Optional<Seat> seat, State state) {
  /**
   * What the switch's tables say.
   *
   * @param over the lower link
   * @param mac the address that frames reach it by
   */
  public record Seat(LinkName over, MacAddress mac) {}

  /**
   * What the link itself says.
   *
   * @param mtu in bytes
   * @param up whether the port is up
   * @param filtered whether guard and switch are attached, in that order
   */
  public record State(int mtu, boolean up, boolean filtered) {}

  /** Whether it is just what the spec wants, so that nothing needs to be made anew. */
  public boolean satisfies(VnicSpec spec, int lowerMtu) {
    return key.equals(spec.key())
        && seat.equals(Optional.of(new Seat(spec.over(), spec.mac().address())))
        && state.equals(new State(spec.effectiveMtu(lowerMtu), true, true));
  }
}
