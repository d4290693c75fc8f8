package io.arbalest.vnic;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Links;
import io.arbalest.linux.sys.Failpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps the host's own IP stack off its ports. As long as a port has its filters no frame gets
 * there; this is for the moment when somebody has taken them away.
 */
final class HostStack {
  private static final Path IPV6 = Path.of("/proc/sys/net/ipv6/conf");

  private final NetworkNamespace home;
  private final Links links;

  HostStack(NetworkNamespace home, Links links) {
    this.home = home;
    this.links = links;
  }

  /** Shuts a port that is down: no ARP, no IPv4 source is believed, and no IPv6 at all. */
  void keepOff(int ifindex, String name) {
    links.shutToStack(ifindex);
    home.call(
        () -> {
          switchOffIpv6(name);
          return name;
        });
  }

  /** {@code /proc/sys/net} shows the namespace of the calling thread. */
  private static void switchOffIpv6(String name) {
    Path file = IPV6.resolve(name).resolve("disable_ipv6");
    if (!Files.exists(IPV6)) {
      return;
    }
    Failpoint.hit("write " + file);
    try {
      Files.writeString(file, "1");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the host's IPv6 off port " + name, e);
    }
  }
}
