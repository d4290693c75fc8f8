package io.arbalest.zone.host;

import io.arbalest.antispoof.learn.Binding;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Address;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import io.arbalest.vnic.ZoneName;
import io.arbalest.zone.ZoneSpec;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A host with one switch: on it a zone "server", which may be a DHCP server and a router, and zones
 * with every protection on that get their addresses by themselves.
 */
final class LearningHost implements AutoCloseable {
  static final InetAddress SERVER4 = IpLiteral.parse("10.77.0.1");
  static final InetAddress SERVER6 = IpLiteral.parse("fd77::1");
  static final String SERVER = "server";
  private static final Set<String> ALL_MODES =
      Set.of("mac-nospoof", "restricted", "ip-nospoof", "dhcp-nospoof");
  private static final LinkName NET0 = new LinkName("net0");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final HostFixture fixture;
  final Clients clients;
  private int zones;

  LearningHost(Path temp) {
    fixture = new HostFixture(temp, "learn").settle();
    clients = new Clients(temp);
    host().createEtherstub(Stars.STUB);
    // A router does not make itself an address of what it advertises.
    Clients.sysctl(zone(SERVER), "ipv6/conf/default/accept_ra", "0");
    List<IpPrefix> own = List.of(IpPrefix.host(SERVER4), IpPrefix.host(SERVER6));
    host().createVnic(vnic(SERVER, own, Set.of(), Set.of("dhcp-server", "router")));
    host().setAddresses(key(SERVER), List.of(new IpPrefix(SERVER4, 24), new IpPrefix(SERVER6, 64)));
  }

  Host host() {
    return fixture.host();
  }

  static VnicKey key(String zone) {
    return VnicKey.of(new ZoneName(zone), NET0);
  }

  /** A zone without a VNIC. */
  NetworkNamespace zone(String name) {
    return host().createZone(ZoneSpec.stackOnly(new ZoneName(name))).network();
  }

  /** Plugs in a zone that may get addresses by these methods and has none. */
  void plug(String zone, String... methods) {
    host().createVnic(vnic(zone, List.of(), Set.of(methods), Set.of()));
  }

  /** Plugs in a zone that nothing holds back. */
  void plugUnprotected(String zone) {
    host()
        .createVnic(
            new VnicSpec(
                key(zone), Stars.STUB.name(), mac(), OptionalInt.empty(), ProtectionSpec.NONE));
  }

  private MacAssignment mac() {
    return MacAssignment.fixed(MacAddress.of(0x0208_2077_0000L + ++zones));
  }

  private VnicSpec vnic(
      String zone, List<IpPrefix> allowed, Set<String> methods, Set<String> roles) {
    return new VnicSpec(
        key(zone),
        Stars.STUB.name(),
        mac(),
        OptionalInt.empty(),
        new ProtectionSpec(
            ALL_MODES,
            allowed,
            methods,
            ProtectionSpec.Clients.OWN,
            new ProtectionSpec.Grants(roles, List.of(), Set.of(), List.of()),
            ProtectionSpec.Reception.OPEN));
  }

  NetworkNamespace stack(String zone) {
    return host().zone(new ZoneName(zone)).orElseThrow().network();
  }

  Path pin(String zone) {
    return host().zone(new ZoneName(zone)).orElseThrow().networkPin();
  }

  /** What a zone has learned. */
  List<Binding> learned(String zone) {
    return host().learned().stream().filter(b -> b.vnic().equals(key(zone))).toList();
  }

  Set<InetAddress> learnedAddresses(String zone) {
    return learned(zone).stream().map(Binding::address).collect(Collectors.toSet());
  }

  /** What a zone's own stack may use now: global IPv4 and IPv6, duplicate detection done. */
  Set<InetAddress> usable(String zone) {
    return addresses(zone).stream()
        .filter(address -> !address.tentative() && !address.duplicate())
        .map(address -> address.prefix().address())
        .filter(address -> !address.isLinkLocalAddress())
        .collect(Collectors.toSet());
  }

  /** The link-local address of a zone once it can be used. */
  boolean hasLinkLocal(String zone) {
    return addresses(zone).stream()
        .anyMatch(a -> !a.tentative() && a.prefix().address().isLinkLocalAddress());
  }

  List<Address> addresses(String zone) {
    try (Rtnetlink there = Rtnetlink.open(stack(zone))) {
      int index = there.links().get(NET0.text()).index();
      return there.addresses().list(index);
    }
  }

  /** Gives a zone's stack an address that nobody granted; IPv6 without duplicate detection. */
  void usurp(String zone, InetAddress address) {
    int length = address instanceof Inet6Address ? 64 : 24;
    try (Rtnetlink there = Rtnetlink.open(stack(zone))) {
      int index = there.links().get(NET0.text()).index();
      there.addresses().replace(index, new IpPrefix(address, length));
    }
  }

  /** Takes an address from a zone's stack. */
  void strip(String zone, InetAddress address) {
    int length = address instanceof Inet6Address ? 64 : 24;
    try (Rtnetlink there = Rtnetlink.open(stack(zone))) {
      int index = there.links().get(NET0.text()).index();
      there.addresses().delete(index, new IpPrefix(address, length));
    }
  }

  /** Whether a datagram from this address of a zone reaches the server's zone and comes back. */
  boolean talks(String zone, InetAddress source) {
    return Echo.answers(stack(zone), source, source instanceof Inet6Address ? SERVER6 : SERVER4);
  }

  /** Every reason for which a frame of a zone was dropped, and how many. */
  Map<String, Long> drops(String zone) {
    Map<String, Long> drops = new TreeMap<>(host().switchboard().stats(key(zone)).drops());
    drops.values().removeIf(count -> count == 0);
    return drops;
  }

  /** What moved since. */
  Map<String, Long> dropsSince(String zone, Map<String, Long> before) {
    Map<String, Long> moved = drops(zone);
    moved.replaceAll((reason, count) -> count - before.getOrDefault(reason, 0L));
    moved.values().removeIf(count -> count == 0);
    return moved;
  }

  /** Waits for something that is to happen by itself. */
  void await(String what, BooleanSupplier happened) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain until " + what + "; learned: " + host().learned());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    try {
      clients.close();
    } finally {
      fixture.close();
    }
  }
}
