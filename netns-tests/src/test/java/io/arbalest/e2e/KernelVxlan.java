package io.arbalest.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A host's overlay done by the kernel's own VXLAN device instead, set up with iproute2. */
final class KernelVxlan {
  private KernelVxlan() {}

  /** Gives the host a device with a zone's MAC and IP addresses: the zone, for the other side. */
  static void replace(String zone, String host) {
    String mac = mac(zone);
    run(
        "ip -n "
            + host
            + " link add vx0 address "
            + mac
            + " type vxlan id 42 dstport 4789 local 192.0.2.2 remote 192.0.2.1");
    run("ip -n " + host + " link set vx0 mtu 1450 up");
    run("ip -n " + host + " addr add 10.42.0.20/24 dev vx0");
    run("ip -n " + host + " addr add fd42::20/64 dev vx0 nodad");
  }

  private static String mac(String zone) {
    try (NetworkNamespace namespace = NetworkNamespace.open(Path.of("/run/netns", zone));
        Rtnetlink kernel = Rtnetlink.open(namespace)) {
      return kernel.links().get("net0").mac().orElseThrow().toColonHex();
    }
  }

  private static void run(String command) {
    try {
      Process process =
          new ProcessBuilder(List.of(command.split(" "))).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(command + ": " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
