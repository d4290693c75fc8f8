package io.arbalest.zone.host;

import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.overlay.link.StartMode;
import io.arbalest.vnic.EtherstubSpec;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.AddressSpec;
import io.arbalest.zone.HostSpec;
import io.arbalest.zone.Instance;
import io.arbalest.zone.InstanceName;
import io.arbalest.zone.ZoneSpec;
import io.arbalest.zone.plan.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A host in a network namespace of its own, whose daemon can be replaced by another one as after a
 * crash: the old one lets go of nothing but its descriptors.
 */
public final class HostFixture implements AutoCloseable {
  public static final EtherstubSpec STUB = new EtherstubSpec(new LinkName("stub0"), 1500);
  private static final Set<String> PROTECTED = Set.of("mac-nospoof", "restricted", "ip-nospoof");

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
          try (HostKernel kernel = HostKernel.open(instance)) {
            host.overlays().forEach(overlay -> kernel.makeOverlay(overlay.spec(), StartMode.HOLD));
            return Survey.of(instance, kernel, host.desired());
          }
        });
  }

  void converge(HostSpec wanted) {
    host.converge(wanted, Progress.NONE);
  }

  static ZoneName zone(int n) {
    return new ZoneName("z" + n);
  }

  static VnicKey key(int n) {
    return VnicKey.of(zone(n), new LinkName("net0"));
  }

  static IpPrefix ipv4(int n) {
    return IpPrefix.parse("10.99." + n / 250 + "." + (n % 250 + 1) + "/16");
  }

  static IpPrefix ipv6(int n) {
    return IpPrefix.parse("fd99::" + Integer.toHexString(n + 1) + "/64");
  }

  public static ZoneSpec zoneSpec(int n) {
    return ZoneSpec.stackOnly(zone(n));
  }

  public static VnicSpec vnic(int n) {
    List<IpPrefix> allowed =
        List.of(IpPrefix.host(ipv4(n).address()), IpPrefix.host(ipv6(n).address()));
    return new VnicSpec(
        key(n),
        STUB.name(),
        MacAssignment.fixed(MacAddress.of(0x0208_2000_0000L + n + 1)),
        OptionalInt.empty(),
        new ProtectionSpec(PROTECTED, allowed));
  }

  public static AddressSpec addresses(int n) {
    return new AddressSpec(key(n), List.of(ipv4(n), ipv6(n)));
  }

  /** Zones 0 to count-1, each with a protected VNIC and two addresses on one etherstub. */
  static HostSpec star(int count) {
    List<ZoneSpec> zones = new ArrayList<>();
    List<VnicSpec> vnics = new ArrayList<>();
    List<AddressSpec> addresses = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      zones.add(zoneSpec(n));
      vnics.add(vnic(n));
      addresses.add(addresses(n));
    }
    return new HostSpec(List.of(STUB), List.of(), zones, vnics, addresses);
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
