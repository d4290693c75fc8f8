package io.arbalest.vnic;

import java.util.OptionalInt;

/**
 * A VNIC as somebody wants it.
 *
 * @param key its zone and name
 * @param over the lower link, whose switch it joins
 * @param mac its address, already drawn if it is random
 * @param mtu in bytes; empty inherits the lower link's
 * @param protection what its guard shall enforce
 */
public record VnicSpec(
    VnicKey key, LinkName over, MacAssignment mac, OptionalInt mtu, ProtectionSpec protection) {
  /**
   * @throws LinkException if the MTU is out of every link's bounds
   */
  public VnicSpec {
    mtu.ifPresent(bytes -> Mtu.check(bytes, Mtu.MAX));
  }

  /**
   * The MTU that the VNIC gets over a lower link.
   *
   * @throws LinkException if the spec asks for more than the lower link carries
   */
  public int effectiveMtu(int lowerMtu) {
    return mtu.isPresent() ? Mtu.check(mtu.getAsInt(), lowerMtu) : lowerMtu;
  }
}
