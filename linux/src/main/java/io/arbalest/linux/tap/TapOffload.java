package io.arbalest.linux.tap;

/** What a TAP's reader takes over from the kernel, TUN_F_ of {@code linux/if_tun.h}. */
public enum TapOffload {
  /** Checksums that are still to be finished. */
  CHECKSUM(0x01),
  /** TCP super-frames over IPv4. */
  TSO4(0x02),
  /** TCP super-frames over IPv6. */
  TSO6(0x04),
  /** UDP super-frames over IPv4, Linux 6.2. */
  USO4(0x20),
  /** UDP super-frames over IPv6, Linux 6.2. */
  USO6(0x40);

  private final int flag;

  TapOffload(int flag) {
    this.flag = flag;
  }

  int flag() {
    return flag;
  }
}
