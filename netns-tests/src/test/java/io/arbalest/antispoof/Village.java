package io.arbalest.antispoof;

import static java.util.Objects.requireNonNull;

import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.icmp.Ping;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.Switchboard;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Three zones with Linux's own stack on one switch: one is hostile, one its victim, and one the
 * station that the hostile one would like to be.
 */
final class Village implements AutoCloseable {
  static final int EVIL = 1;
  static final int WEB = 2;
  static final int GATE = 3;

  /** The modes whose rules each exist without the others. */
  static final Set<String> PROTECTED = Set.of("mac-nospoof", "restricted", "ip-nospoof");

  static final Set<String> OPEN = Set.of();

  /** A further address that the victim may use. */
  static final InetAddress SPARE = ipv6(77);

  private static final LinkName STUB = new LinkName("stub0");

  private final NetworkNamespace home = NetworkNamespace.create();
  private final Map<Integer, NetworkNamespace> zones = new LinkedHashMap<>();
  private final Bpffs pins;
  private final Guard guard;
  private final Switchboard board;
  private final SortedMap<String, Long> atRest = new TreeMap<>();

  Village(Path directory, Set<String> modes) {
    pins = Bpffs.mount(directory.resolve("bpf"));
    guard = Guard.open(pins);
    board = home.call(() -> Switchboard.open("village", pins, guard));
    board.addSwitch(STUB, 1500);
    List.of(EVIL, WEB, GATE).forEach(number -> settle(number, modes));
  }

  private void settle(int number, Set<String> modes) {
    NetworkNamespace zone = NetworkNamespace.create();
    zones.put(number, zone);
    new Resident(zone).set("ipv6/conf/default/dad_transmits", "0");
    List<IpPrefix> own = new ArrayList<>();
    own.add(IpPrefix.host(ipv4(number)));
    own.add(IpPrefix.host(ipv6(number)));
    if (number == WEB) {
      own.add(IpPrefix.host(SPARE));
    }
    board.addPort(
        new VnicSpec(
            key(number),
            STUB,
            MacAssignment.fixed(mac(number)),
            OptionalInt.empty(),
            ProtectionSpec.of(modes, own)),
        zone);
    try (Rtnetlink inside = Rtnetlink.open(zone)) {
      inside.links().setUp(inside.links().get("lo").index());
      int index = inside.links().get("net0").index();
      inside.addresses().add(index, new IpPrefix(ipv4(number), 24));
      inside.addresses().addWithoutDetection(index, new IpPrefix(ipv6(number), 64));
    }
  }

  private static VnicKey key(int number) {
    return VnicKey.parse("z" + number + "/net0");
  }

  static MacAddress mac(int number) {
    return MacAddress.of(0x020820_000000L + number);
  }

  static InetAddress ipv4(int number) {
    return InetAddress.ofLiteral("10.9.0." + number);
  }

  static InetAddress ipv6(int number) {
    return InetAddress.ofLiteral("fd09::" + number);
  }

  /** The link-local address that a zone's kernel makes of its MAC address. */
  static InetAddress linkLocal(int number) {
    return InetAddress.ofLiteral("fe80::8:20ff:fe00:" + number);
  }

  NetworkNamespace zone(int number) {
    return requireNonNull(zones.get(number));
  }

  /** The victim, by its own kernel's word. */
  Resident victim() {
    return new Resident(zone(WEB));
  }

  /**
   * Takes the hostile zone's drops up to now as none: a kernel sends from ::1 while it has no other
   * address.
   */
  void rest() throws InterruptedException {
    for (NetworkNamespace zone : zones.values()) {
      new Resident(zone).awaitAddresses();
    }
    atRest.putAll(guard.drops(ifindex(EVIL)));
  }

  /** Every drop counter of the hostile zone that moved since it was at rest. */
  SortedMap<String, Long> moved() {
    SortedMap<String, Long> moved = new TreeMap<>(guard.drops(ifindex(EVIL)));
    moved.replaceAll((reason, count) -> count - atRest.getOrDefault(reason, 0L));
    moved.values().removeIf(count -> count == 0);
    return moved;
  }

  /** What the switch itself dropped of the hostile zone's frames, and protection. */
  SortedMap<String, Long> allDrops() {
    SortedMap<String, Long> drops = new TreeMap<>(board.stats(key(EVIL)).drops());
    drops.values().removeIf(count -> count == 0);
    return drops;
  }

  private int ifindex(int number) {
    return requireNonNull(board.ports().get(key(number))).ifindex();
  }

  boolean pings(int from, InetAddress target) {
    return zone(from)
        .call(
            () -> {
              try (Ping ping = Ping.open(target)) {
                return ping.echo(Duration.ofSeconds(1)).isPresent();
              }
            });
  }

  @Override
  public void close() {
    board.removePorts(board.ports().keySet());
    board.close();
    guard.close();
    zones.values().forEach(NetworkNamespace::close);
    home.close();
    pins.unmount();
  }
}
