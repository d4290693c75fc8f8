package io.arbalest.testing;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.netns.NamespaceTask;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.netns.StackNamespaces;
import io.arbalest.linux.netns.UidRange;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A zone of a test: an IP stack of its own, {@code lo} up, owned by a user namespace of its own. It
 * has no name in any file system, so nothing of it can be left over.
 */
public final class TestZone implements AutoCloseable {
  private static final Path ACCEPT_DAD = Path.of("/proc/sys/net/ipv6/conf/default/accept_dad");

  private final String name;
  private final StackNamespaces namespaces;

  private TestZone(String name, StackNamespaces namespaces) {
    this.name = name;
    this.namespaces = namespaces;
  }

  /** Makes one; IPv6 addresses are usable at once, without duplicate detection. */
  static TestZone create(String name, UidRange ids) {
    StackNamespaces namespaces = StackNamespaces.create(ids);
    try {
      namespaces.network().call(TestZone::prepare);
      return new TestZone(name, namespaces);
    } catch (RuntimeException e) {
      namespaces.close();
      throw e;
    }
  }

  private static String prepare() {
    try (Rtnetlink kernel = Rtnetlink.open()) {
      kernel.links().setUp(kernel.links().get("lo").index());
      Files.writeString(ACCEPT_DAD, "0");
      return "ready";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() {
    return name;
  }

  /** The zone's stack; closed with the zone. */
  public NetworkNamespace network() {
    return namespaces.network();
  }

  /**
   * Runs Java code inside the zone's stack, on a thread made for it. A socket that is opened there
   * stays in the zone and works from any thread.
   */
  public <T extends @Nullable Object, E extends Exception> T call(NamespaceTask<T, E> task)
      throws E {
    return network().call(task);
  }

  /**
   * This zone's end of a wire.
   *
   * @param addresses such as {@code 10.0.0.1/24}, {@code fd00::1/64}
   */
  public WireEnd end(String link, String... addresses) {
    return new WireEnd(this, link, Arrays.stream(addresses).map(IpPrefix::parse).toList());
  }

  @Override
  public void close() {
    namespaces.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
