package io.arbalest.overlay;

import static java.util.Objects.requireNonNull;

import io.arbalest.linux.icmp.Ping;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.LinkKind;
import io.arbalest.linux.rtnetlink.NewLink;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.rtnetlink.VethPair;
import io.arbalest.linux.tap.Tap;
import io.arbalest.overlay.path.Forwarding;
import io.arbalest.overlay.path.ForwardingTable;
import io.arbalest.overlay.path.OverlayLoop;
import io.arbalest.overlay.path.OverlayPort;
import io.arbalest.overlay.path.PortSpec;
import io.arbalest.overlay.path.SlowPath;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host on a wire, in a namespace of its own. Its own IP stack plays the zone: it has the inner
 * addresses on the uplink TAP.
 */
final class TestHost implements AutoCloseable {
  static final int VNI = 42;
  static final String TAP = "up0";
  private static final String WIRE = "wire0";

  private final NetworkNamespace namespace = NetworkNamespace.create();
  private final Rtnetlink net = Rtnetlink.open(namespace);
  private final OverlayLoop loop = OverlayLoop.start();
  private @Nullable Tap tap;
  private @Nullable OverlayPort port;

  /** Joins two hosts by a wire of MTU 1500; the addresses are prefixes. */
  static void join(TestHost one, TestHost other) {
    NewLink near = NewLink.named(WIRE).in(one.namespace).withMtu(1500);
    NewLink far = NewLink.named(WIRE).in(other.namespace).withMtu(1500);
    try (Rtnetlink here = Rtnetlink.open()) {
      here.links().createVeth(new VethPair(near, far));
    }
    one.up(WIRE);
    other.up(WIRE);
  }

  TestHost underlay(String... prefixes) {
    return address(WIRE, prefixes);
  }

  TestHost inner(String... prefixes) {
    return address(TAP, prefixes);
  }

  TestHost address(String link, String... prefixes) {
    for (String prefix : prefixes) {
      net.addresses().addWithoutDetection(net.links().get(link).index(), IpPrefix.parse(prefix));
    }
    return this;
  }

  private Link up(String link) {
    Link made = net.links().get(link);
    net.links().setUp(made.index());
    return made;
  }

  TestHost wireMtu(int mtu) {
    net.links().setMtu(net.links().get(WIRE).index(), mtu);
    return this;
  }

  /** Opens the uplink with a MAC address that ends in {@code last}. */
  TestHost uplink(int last) {
    tap = namespace.call(() -> Tap.create(TAP));
    tap.enableOffloads();
    int index = net.links().get(TAP).index();
    net.links().setAddress(index, mac(last));
    net.links().setMtu(index, 1430);
    net.links().setMaxAggregate(index, 61_000);
    up(TAP);
    return this;
  }

  /** As {@link #uplink}, but the stack behind it says nothing by itself. */
  TestHost silentUplink(int last) throws IOException {
    namespace.call(
        () -> Files.writeString(Path.of("/proc/sys/net/ipv6/conf/default/disable_ipv6"), "1"));
    return uplink(last);
  }

  /** Joins the overlay at a local address, with one other VTEP that has everything. */
  TestHost overlay(String local, String remote) {
    Vtep here = vtep(local);
    return overlay(local, ForwardingTable.at(here).everythingElseAt(vtep(remote)).build());
  }

  TestHost overlay(String local, ForwardingTable table) {
    PortSpec spec = PortSpec.of(new Vni(VNI), vtep(local).address(), 1430);
    Forwarding forwarding = new Forwarding(table, SlowPath.REPLICATE_ALL);
    port = namespace.call(() -> loop.open(spec, requireNonNull(tap).fd(), forwarding));
    return this;
  }

  /** The kernel's own device in place of the uplink. */
  TestHost kernelVxlan(String local, String remote) {
    LinkKind.Vxlan kind =
        LinkKind.Vxlan.network(VNI, vtep(local).ip(), Vtep.DEFAULT_PORT)
            .withRemote(vtep(remote).ip());
    net.links().createVxlan(NewLink.named(TAP).withMtu(1430), kind);
    up(TAP);
    return this;
  }

  OverlayPort port() {
    return requireNonNull(port);
  }

  NetworkNamespace namespace() {
    return namespace;
  }

  Optional<Duration> ping(String target) {
    return namespace.call(
        () -> {
          try (Ping ping = Ping.open(ip(target))) {
            return ping.echo(Duration.ofSeconds(3));
          }
        });
  }

  static Vtep vtep(String ip) {
    return Vtep.of(ip(ip), Vtep.DEFAULT_PORT);
  }

  static MacAddress mac(int last) {
    return MacAddress.of(0x0208_2000_0000L | last);
  }

  static InetAddress ip(String literal) {
    return IpPrefix.parse(literal + (literal.contains(":") ? "/128" : "/32")).address();
  }

  @Override
  public void close() {
    loop.close();
    if (tap != null) {
      tap.close();
    }
    net.close();
    namespace.close();
  }
}
