package io.arbalest.overlay.link;

import io.arbalest.linux.sys.Failpoint;
import io.arbalest.vnic.LinkName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the host's own IP stack off a link that only carries other stations' frames. */
final class HostStack {
  private static final Path IPV6 = Path.of("/proc/sys/net/ipv6/conf");

  private HostStack() {}

  /**
   * Switches IPv6 off on a link, so that the host neither sends neighbour discovery into the
   * overlay nor believes its router advertisements. IPv4 needs nothing as long as there is no
   * address.
   *
   * <p>{@code /proc/sys/net} shows the namespace of the calling thread.
   */
  static void keepOff(LinkName link) {
    Path switched = IPV6.resolve(link.text()).resolve("disable_ipv6");
    if (!Files.exists(IPV6)) {
      return;
    }
    Failpoint.hit("write " + switched);
    try {
      Files.writeString(switched, "1");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the host's IPv6 off link " + link, e);
    }
  }
}
