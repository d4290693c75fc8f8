package io.arbalest.bench;

import io.arbalest.linux.netns.NetworkNamespace;
import java.net.InetAddress;
import java.nio.file.Path;

/**
 * A place that traffic comes from or goes to.
 *
 * @param namespace the pin of its network namespace
 */
record Endpoint(Path namespace, InetAddress address) {
  static Endpoint of(String namespace, String address) {
    return new Endpoint(Path.of("/run/netns", namespace), InetAddress.ofLiteral(address));
  }

  NetworkNamespace open() {
    return NetworkNamespace.open(namespace);
  }
}
