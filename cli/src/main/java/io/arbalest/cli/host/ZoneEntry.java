package io.arbalest.cli.host;

import io.arbalest.cli.verb.VerbException;
import io.arbalest.zone.Zone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The command that makes a process the root of a zone.
 *
 * <p>A user namespace can only be entered by a process of one thread, which a JVM never is; {@code
 * nsenter} of util-linux is such a process on every distribution.
 */
final class ZoneEntry {
  private static final List<String> PLACES =
      List.of("/usr/bin/nsenter", "/bin/nsenter", "/usr/sbin/nsenter", "/usr/local/bin/nsenter");

  private ZoneEntry() {}

  /** The words before those of the command to run inside. */
  static List<String> command(Zone zone) {
    return List.of(
        nsenter(),
        "--user=" + zone.userPin(),
        "--net=" + zone.networkPin(),
        "--setuid=0",
        "--setgid=0",
        "--");
  }

  private static String nsenter() {
    return PLACES.stream()
        .filter(place -> Files.isExecutable(Path.of(place)))
        .findFirst()
        .orElseThrow(() -> new VerbException("needs the command nsenter (package util-linux)"));
  }
}
