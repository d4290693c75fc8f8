package io.arbalest.zone;

import io.arbalest.linux.netns.NamespaceTask;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.netns.StackNamespaces;
import io.arbalest.linux.netns.UserNamespace;
import io.arbalest.linux.rtnetlink.Links;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.ZoneName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A zone as the kernel has it: a user namespace with ids of its own, and the network namespace that
 * it owns, both pinned so that they exist without any process.
 *
 * <p>Closing the object lets go of its descriptors; the zone stays until {@link #delete()}. Safe
 * for use by several threads.
 */
public final class Zone implements AutoCloseable {
  private static final Path IPV6_CONF = Path.of("/proc/sys/net/ipv6/conf");

  private final ZoneSpec spec;
  private final ZonePins pins;
  private final NetworkNamespace network;

  private Zone(ZoneSpec spec, ZonePins pins, NetworkNamespace network) {
    this.spec = spec;
    this.pins = pins;
    this.network = network;
  }

  /**
   * Makes a zone, its {@code lo} up. It takes no part in IPv6 duplicate detection, so that
   * addresses work as soon as they are set: the daemon hands out addresses and knows them to be
   * unique. Links that get addresses otherwise are made by {@link #makeProbing}.
   *
   * @throws ZoneException if something else is pinned under its name
   * @throws io.arbalest.linux.sys.KernelException if the kernel refuses; nothing is left
   */
  public static Zone create(Instance instance, ZoneSpec spec) {
    ZonePins pins = ZonePins.of(instance, spec.name());
    if (pins.isTaken()) {
      throw new ZoneException(spec.name(), pins.network() + " exists and is not this zone's");
    }
    pins.remove();
    NetnsFolder.note(instance);
    try (StackNamespaces made = StackNamespaces.create(spec.slot().range())) {
      prepare(made.network());
      made.pin(pins.network(), pins.user());
    }
    return new Zone(spec, pins, NetworkNamespace.open(pins.network()));
  }

  /** The zone if it exists as a whole; finished if a crash interrupted its making. */
  public static Optional<Zone> find(Instance instance, ZoneSpec spec) {
    ZonePins pins = ZonePins.of(instance, spec.name());
    return pins.open().map(network -> new Zone(spec, pins, network));
  }

  /** Idempotent, and done before the pin: what is pinned is ready. */
  private static void prepare(NetworkNamespace network) {
    network.call(
        () -> {
          try (Rtnetlink kernel = Rtnetlink.open()) {
            Links links = kernel.links();
            links.setUp(links.get("lo").index());
          }
          Failpoint.hit("sysctl accept_dad");
          for (String scope : new String[] {"all", "default"}) {
            write(IPV6_CONF.resolve(scope).resolve("accept_dad"), "0");
          }
          return "prepared";
        });
  }

  /**
   * Makes a link that takes part in duplicate detection from its first address on, because its zone
   * gets addresses by itself, and who learns them has to hear what it is after. One link at a time.
   */
  public void makeProbing(Runnable make) {
    setDad("default", true);
    try {
      make.run();
    } finally {
      setDad("default", false);
    }
  }

  /**
   * Lets a link of the zone take part in duplicate detection, or not, from its next address on.
   * Does nothing if there is no such link.
   */
  public void setProbing(LinkName link, boolean probing) {
    setDad(link.text(), probing);
  }

  /** What holds for a link is the greater of its own value and that of "all", which is 0. */
  private void setDad(String scope, boolean on) {
    Path file = IPV6_CONF.resolve(scope).resolve("accept_dad");
    network.call(
        () -> {
          if (Files.exists(file)) {
            Failpoint.hit("sysctl " + scope + "/accept_dad");
            write(file, on ? "1" : "0");
          }
          return scope;
        });
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  public ZoneSpec spec() {
    return spec;
  }

  public ZoneName name() {
    return spec.name();
  }

  /** The zone's IP stack; owned by this object. */
  public NetworkNamespace network() {
    return network;
  }

  /** Where the network namespace is pinned. */
  public Path networkPin() {
    return pins.network();
  }

  /** Where the user namespace is pinned, for a process that is to enter it. */
  public Path userPin() {
    return pins.user();
  }

  /**
   * Runs a task inside the zone's stack, on a thread made for it. A socket made by the task stays
   * in the zone and works from any thread. What the task throws is thrown here.
   */
  public <T extends @Nullable Object, E extends Exception> T call(NamespaceTask<T, E> task)
      throws E {
    return network.<T, E>call(task);
  }

  /** Whether a process lives in the zone. */
  public boolean hasProcesses() {
    return !processes().list().isEmpty();
  }

  private ZoneProcesses processes() {
    try (UserNamespace user = network.owner()) {
      return new ZoneProcesses(user.inode(), ZoneProcesses.within(spec.slot().range()));
    }
  }

  /**
   * Ends the zone's processes and lets go of its namespaces, which are gone as soon as no socket
   * made inside is open any more. Its VNICs must have been deleted before.
   *
   * @throws ZoneException if a process does not end
   */
  public void delete() {
    processes().killAll(spec.name());
    close();
    pins.remove();
  }

  @Override
  public void close() {
    network.close();
  }

  @Override
  public String toString() {
    return "zone " + spec.name() + " " + network;
  }
}
