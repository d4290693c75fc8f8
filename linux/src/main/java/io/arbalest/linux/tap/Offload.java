package io.arbalest.linux.tap;

import java.util.EnumSet;
import java.util.Set;

/** What a reader of a TAP may be handed unfinished, {@code TUN_F_*} of {@code linux/if_tun.h}. */
public enum Offload {
  /** Frames whose TCP or UDP checksum is only started. */
  CHECKSUM(0x01),
  /** TCP aggregates over IPv4. */
  TSO4(0x02),
  /** TCP aggregates over IPv6. */
  TSO6(0x04),
  /** UDP aggregates over IPv4, Linux 6.2. */
  USO4(0x20),
  /** UDP aggregates over IPv6, Linux 6.2. */
  USO6(0x40);

  private final int bit;

  Offload(int bit) {
    this.bit = bit;
  }

  static int bits(Set<Offload> offloads) {
    return offloads.stream().mapToInt(offload -> offload.bit).sum();
  }

  static Set<Offload> tcp() {
    return EnumSet.of(CHECKSUM, TSO4, TSO6);
  }
}
