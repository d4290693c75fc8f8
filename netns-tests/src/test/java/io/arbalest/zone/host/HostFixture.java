package io.arbalest.zone.host;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.overlay.link.StartMode;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.Instance;
import io.arbalest.zone.InstanceName;
import io.arbalest.zone.plan.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A host in a network namespace of its own, whose daemon can be replaced by another one as after a
 * crash: the old one lets go of nothing but its descriptors.
 */
public final class HostFixture implements AutoCloseable {
  private final Instance instance;
  private final NetworkNamespace namespace = NetworkNamespace.create();
  private Host host;
  private List<String> links = List.of();

  /** A host whose folders are below {@code temp}; it has no daemon yet. */
  public HostFixture(Path temp, String name) {
    instance =
        Instance.of(
            InstanceName.of("h" + ProcessHandle.current().pid() % 100_000, name),
            Map.of("ARBALEST_STATE", temp + "/state", "ARBALEST_RUN", temp + "/run"));
    host = Host.open(instance);
  }

  Instance instance() {
    return instance;
  }

  NetworkNamespace namespace() {
    return namespace;
  }

  public Host host() {
    return host;
  }

  /** Starts as a daemon does. */
  public HostFixture settle() {
    namespace.call(
        () -> {
          host.settle(Progress.NONE);
          return host;
        });
    return this;
  }

  /** Lets go of the descriptors and starts anew from the store and the kernel. */
  HostFixture restart() {
    host.close();
    host = Host.open(instance);
    return settle();
  }

  /** Reads the kernel against what is wanted, with an eye of its own. */
  Survey survey() {
    return namespace.call(
        () -> {
          try (HostKernel kernel = HostKernel.open(instance, new RecentDrops())) {
            host.overlays().forEach(overlay -> kernel.makeOverlay(overlay.spec(), StartMode.HOLD));
            return Survey.of(instance, kernel, host.desired());
          }
        });
  }

  void converge(HostSpec wanted) {
    host.converge(wanted, Progress.NONE);
  }

  private static List<String> linkNames() {
    try (Rtnetlink kernel = Rtnetlink.open()) {
      return kernel.links().list().stream().map(Link::name).toList();
    }
  }

  /** The links of the host's namespace when it was left. */
  List<String> links() {
    return links;
  }

  /** Leaves nothing, whatever a test did; an explicit wish for nothing clears leftovers too. */
  @Override
  public void close() {
    try {
      converge(HostSpec.EMPTY);
      host.vacate();
      links = namespace.call(HostFixture::linkNames);
    } finally {
      host.close();
      namespace.close();
    }
  }
}
