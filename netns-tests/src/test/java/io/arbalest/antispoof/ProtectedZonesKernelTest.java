package io.arbalest.antispoof;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.icmp.Ping;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Address;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.testing.Privileged;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.Switchboard;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zones with Linux's own stack on a switch, protected by default. */
@Privileged
class ProtectedZonesKernelTest {
  private static final LinkName STUB = new LinkName("stub0");

  @TempDir private Path directory;
  private final Map<Integer, NetworkNamespace> zones = new LinkedHashMap<>();
  private NetworkNamespace host;
  private Bpffs pins;
  private Guard guard;
  private Switchboard board;

  @BeforeEach
  void open() {
    host = NetworkNamespace.create();
    pins = Bpffs.mount(directory.resolve("bpf"));
    guard = Guard.open(pins);
    board = host.call(() -> Switchboard.open("protected-zones", pins, guard));
    board.addSwitch(STUB, 9000);
  }

  @AfterEach
  void close() {
    board.close();
    guard.close();
    zones.values().forEach(NetworkNamespace::close);
    host.close();
    pins.unmount();
  }

  private static VnicKey key(int zone) {
    return VnicKey.parse("z" + zone + "/net0");
  }

  private static InetAddress ipv4(int zone) {
    return IpPrefix.parse("10.9.0." + zone).address();
  }

  private static InetAddress ipv6(int zone) {
    return IpPrefix.parse("fd09::" + zone).address();
  }

  /** A zone that may use its two addresses, which its kernel then probes for duplicates. */
  private NetworkNamespace add(int number) {
    Set<String> modes =
        Protection.DEFAULT.modes().stream()
            .map(ProtectionMode::label)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    ProtectionSpec protection =
        ProtectionSpec.of(modes, List.of(IpPrefix.host(ipv4(number)), IpPrefix.host(ipv6(number))));
    NetworkNamespace zone = NetworkNamespace.create();
    zones.put(number, zone);
    MacAssignment mac = MacAssignment.fixed(MacAddress.of(0x020820_000000L + number));
    board.addPort(new VnicSpec(key(number), STUB, mac, OptionalInt.of(1500), protection), zone);
    try (Rtnetlink inside = Rtnetlink.open(zone)) {
      inside.links().setUp(inside.links().get("lo").index());
      int index = inside.links().get("net0").index();
      inside.addresses().add(index, new IpPrefix(ipv4(number), 24));
      inside.addresses().add(index, new IpPrefix(ipv6(number), 64));
    }
    return zone;
  }

  /** Until then a kernel without another address sends from ::1, which is dropped with reason. */
  private static void awaitDetection(NetworkNamespace zone) throws InterruptedException {
    try (Rtnetlink inside = Rtnetlink.open(zone)) {
      for (int i = 0;
          i < 100 && inside.addresses().list().stream().anyMatch(Address::tentative);
          i++) {
        Thread.sleep(50);
      }
      assertThat(inside.addresses().list()).noneMatch(a -> a.tentative() || a.duplicate());
    }
  }

  private static boolean pings(NetworkNamespace from, InetAddress target) {
    return pings(from, target, Duration.ofSeconds(2));
  }

  private static boolean pings(NetworkNamespace from, InetAddress target, Duration limit) {
    return from.call(
        () -> {
          try (Ping ping = Ping.open(target)) {
            return ping.echo(limit).isPresent();
          }
        });
  }

  private Map<String, Long> moved(int zone) {
    Map<String, Long> drops = guard.drops(requireNonNull(board.ports().get(key(zone))).ifindex());
    drops.values().removeIf(count -> count == 0);
    return drops;
  }

  @Test
  void shouldDropNothingOfWellBehavedZones() throws InterruptedException {
    NetworkNamespace one = add(1);
    NetworkNamespace two = add(2);
    awaitDetection(one);
    awaitDetection(two);

    assertThat(pings(one, ipv4(2))).isTrue();
    assertThat(pings(two, ipv6(1))).isTrue();
    assertThat(pings(one, ipv6(2))).isTrue();
    assertThat(pings(two, ipv4(1))).isTrue();
    assertThat(moved(1)).isEmpty();
    assertThat(moved(2)).isEmpty();
  }

  @Test
  void shouldKeepZoneFromUsingAnotherAddress() {
    NetworkNamespace one = add(1);
    add(2);
    assertThat(pings(one, ipv4(2))).isTrue();
    try (Rtnetlink inside = Rtnetlink.open(one)) {
      int index = inside.links().get("net0").index();
      inside.addresses().delete(index, new IpPrefix(ipv4(1), 24));
      inside.addresses().add(index, new IpPrefix(ipv4(3), 24));
    }

    assertThat(pings(one, ipv4(2), Duration.ofMillis(300))).isFalse();
    assertThat(moved(1).keySet()).isSubsetOf("arp-sender-ip", "ipv4-source").isNotEmpty();
  }

  @Test
  void shouldKeepZoneFromUsingAnotherMac() {
    NetworkNamespace one = add(1);
    add(2);
    assertThat(pings(one, ipv4(2))).isTrue();
    try (Rtnetlink inside = Rtnetlink.open(one)) {
      int index = inside.links().get("net0").index();
      inside.links().setAddress(index, MacAddress.parse("2:8:20:0:0:99"));
    }

    assertThat(pings(one, ipv4(2), Duration.ofMillis(300))).isFalse();
    assertThat(moved(1).keySet()).containsExactly("source-mac");
  }
}
