package io.arbalest.antispoof;

import io.arbalest.linux.netns.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A zone that says nothing by itself, so that the test's frames are the only ones. */
final class QuietZone {
  private static final Path NO_IPV6 = Path.of("/proc/sys/net/ipv6/conf/default/disable_ipv6");

  private QuietZone() {}

  static NetworkNamespace create() {
    NetworkNamespace made = NetworkNamespace.create();
    try {
      return made.call(
          () -> {
            Files.writeString(NO_IPV6, "1");
            return made;
          });
    } catch (IOException e) {
      made.close();
      throw new UncheckedIOException(e);
    }
  }
}
