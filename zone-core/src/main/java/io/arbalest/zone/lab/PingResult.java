package io.arbalest.zone.lab;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of one pair.
 *
 * @param roundTrip the best of several echoes; empty if none was answered
 * @param problem why it could not even be tried, in the kernel's words; empty otherwise
 */
public record PingResult(
    LabName from, LabName to, String target, Optional<Duration> roundTrip, String problem) {

  public boolean isIpv4() {
    return target.indexOf(':') < 0;
  }
}
