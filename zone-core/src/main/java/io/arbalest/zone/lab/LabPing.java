package io.arbalest.zone.lab;

import io.arbalest.linux.icmp.Ping;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.netns.NotANamespaceException;
import io.arbalest.linux.sys.KernelException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pings between the zones of a lab, each echo sent from inside the sender's own stack. */
final class LabPing {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int ECHOES = 4;
  private static final int TRIES = 3;

  private final Function<LabName, Path> netnsPin;

  /**
   * A ping over zones that are pinned.
   *
   * @param netnsPin where the network namespace of a zone is pinned
   */
  LabPing(Function<LabName, Path> netnsPin) {
    this.netnsPin = netnsPin;
  }

  List<PingResult> all(LabSpec lab) {
    return PingPair.of(lab).stream().map(this::ping).toList();
  }

  private PingResult ping(PingPair pair) {
    try (NetworkNamespace zone = NetworkNamespace.open(netnsPin.apply(pair.from()))) {
      Optional<Duration> best = zone.call(() -> best(pair.target()));
      return result(pair, best, "");
    } catch (KernelException | NotANamespaceException e) {
      return result(pair, Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  /** The fastest of several echoes: the first one also resolves the neighbour. */
  private static Optional<Duration> best(InetAddress target) {
    Optional<Duration> best = Optional.empty();
    try (Ping ping = Ping.open(target)) {
      int lost = 0;
      for (int echo = 0; echo < ECHOES && lost < TRIES; echo++) {
        Optional<Duration> time = ping.echo(TIMEOUT);
        lost += time.isEmpty() ? 1 : 0;
        best = faster(best, time);
      }
    }
    return best;
  }

  private static Optional<Duration> faster(Optional<Duration> a, Optional<Duration> b) {
    boolean better = b.isPresent() && (a.isEmpty() || b.get().compareTo(a.get()) < 0);
    return better ? b : a;
  }

  private static PingResult result(PingPair pair, Optional<Duration> roundTrip, String problem) {
    return new PingResult(
        pair.from(), pair.to(), pair.target().getHostAddress(), roundTrip, problem);
  }
}
