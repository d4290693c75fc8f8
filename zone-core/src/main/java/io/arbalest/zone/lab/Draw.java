package io.arbalest.zone.lab;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.MacAssignment;
import java.security.SecureRandom;
import java.util.Set;

/** Draws what a lab needs to be unlike everything else. */
final class Draw {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Draw() {}

  /** A random address under the prefix of VNICs. */
  static MacAddress macAddress(Set<MacAddress> taken) {
    MacAddress drawn = MacAssignment.random(RANDOM).address();
    while (taken.contains(drawn)) {
      drawn = MacAssignment.random(RANDOM).address();
    }
    return drawn;
  }
}
