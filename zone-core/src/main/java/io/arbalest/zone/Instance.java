package io.arbalest.zone;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * One daemon: its name and the places that belong to it.
 *
 * <p>State (what must survive a reboot) lies in {@code STATE/NAME}, run files in {@code RUN/NAME}.
 * {@code STATE} and {@code RUN} are {@value #DEFAULT_STATE} and {@value #DEFAULT_RUN} unless the
 * environment's {@code ARBALEST_STATE} and {@code ARBALEST_RUN} say otherwise; the instance's name
 * is always appended, so that the instances of one machine find each other as siblings.
 *
 * @param name who this is
 * @param state the instance's own state folder
 * @param run the instance's own folder of run files
 */
public record Instance(InstanceName name, Path state, Path run) {
  public static final String DEFAULT_STATE = "/var/lib/arbalest";
  public static final String DEFAULT_RUN = "/run/arbalest";

  /** Where network namespaces are pinned, so that {@code ip netns exec} finds them. */
  private static final Path NETNS = Path.of("/run/netns");

  /** {@code sizeof(sockaddr_un.sun_path)} less the closing zero, {@code linux/un.h}. */
  private static final int MAX_SOCKET_PATH = 107;

  public Instance {
    if (!state.isAbsolute() || !run.isAbsolute()) {
      throw new IllegalArgumentException(
          "state folder '" + state + "' and run folder '" + run + "' must be absolute paths");
    }
    String socket = run.resolve("control.sock").toString();
    if (socket.getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH) {
      throw new IllegalArgumentException(
          "path of the control socket '"
              + socket
              + "' is longer than "
              + MAX_SOCKET_PATH
              + " bytes");
    }
  }

  /** The instance of that name, at the places that the environment names. */
  public static Instance of(InstanceName name, Map<String, String> environment) {
    Path state = Path.of(environment.getOrDefault("ARBALEST_STATE", DEFAULT_STATE));
    Path run = Path.of(environment.getOrDefault("ARBALEST_RUN", DEFAULT_RUN));
    return new Instance(name, state.resolve(name.text()), run.resolve(name.text()));
  }

  public Path controlSocket() {
    return run.resolve("control.sock");
  }

  /** The private mount of the BPF file system where this instance pins programs and maps. */
  public Path bpffs() {
    return run.resolve("bpf");
  }

  /** Where the user namespaces of zones are pinned; a file here is the claim on a zone's name. */
  public Path userPins() {
    return run.resolve("user");
  }

  /** The log of a daemon that was started on demand. */
  public Path log() {
    return run.resolve("daemon.log");
  }

  /** The pin of a zone's network namespace: the zone's name, with the lab's before it in a lab. */
  public Path netnsPin(String zone) {
    return NETNS.resolve(name.lab().map(lab -> lab + "." + zone).orElse(zone));
  }
}
