package io.arbalest.vnic;

import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.icmp.Ping;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Link;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A host of its own in a network namespace: a switchboard, an etherstub and zones. */
final class SwitchHost implements AutoCloseable {
  static final LinkName STUB = new LinkName("stub0");
  static final String INSTANCE = "switch-test";

  private static final Path NO_IPV6 = Path.of("/proc/sys/net/ipv6/conf/default/disable_ipv6");

  final NetworkNamespace home = NetworkNamespace.create();
  final Rtnetlink net = Rtnetlink.open(home);
  final OpenGuard guard;
  private final Bpffs pins;
  private final Map<String, NetworkNamespace> zones = new LinkedHashMap<>();
  private Switchboard board;

  SwitchHost(Path directory) {
    this(directory, new OpenGuard());
  }

  /** Closes the guard with itself. */
  SwitchHost(Path directory, OpenGuard guard) {
    this.guard = guard;
    pins = pinsIn(directory);
    board = openBoard();
    board.addSwitch(STUB, 9000);
  }

  static Bpffs pinsIn(Path directory) {
    return Bpffs.mount(directory.resolve("bpf"));
  }

  private Switchboard openBoard() {
    return home.call(() -> Switchboard.open(INSTANCE, pins, guard));
  }

  Switchboard board() {
    return board;
  }

  /** What a daemon does that is killed and started again. */
  void restart() {
    board.close();
    board = openBoard();
  }

  /** A newer version of the daemon, whose guard is another program. */
  Switchboard reopenWith(PortGuard newer) {
    return home.call(() -> Switchboard.open(INSTANCE, pins, newer));
  }

  NetworkNamespace zone(String name) {
    return zones.computeIfAbsent(name, n -> emptyZone());
  }

  static NetworkNamespace emptyZone() {
    NetworkNamespace zone = NetworkNamespace.create();
    try (Rtnetlink inside = Rtnetlink.open(zone)) {
      inside.links().setUp(inside.links().get("lo").index());
    }
    return zone;
  }

  /** The namespace is let go; the kernel drops its links some time later. */
  void dropZone(String name) {
    Optional.ofNullable(zones.remove(name)).ifPresent(NetworkNamespace::close);
  }

  static VnicSpec spec(String key, int host) {
    return new VnicSpec(
        VnicKey.parse(key),
        STUB,
        MacAssignment.fixed(mac(host)),
        OptionalInt.of(1500),
        ProtectionSpec.NONE);
  }

  static MacAddress mac(int host) {
    return MacAddress.of(0x020820_000000L + host);
  }

  static InetAddress ipv4(int host) {
    return IpPrefix.parse("10.9.0." + host).address();
  }

  static InetAddress ipv6(int host) {
    return IpPrefix.parse("fd09::" + host).address();
  }

  /** A VNIC called net0 in a zone of its own, with an IPv4 and an IPv6 address that end alike. */
  PortFacts add(String zone, int host) {
    VnicSpec spec = spec(zone + "/net0", host);
    PortFacts facts = board.addPort(spec, zone(zone));
    try (Rtnetlink inside = Rtnetlink.open(zone(zone))) {
      address(inside, "net0", host);
    }
    return facts;
  }

  /** A VNIC called net0 in a zone of its own that never says anything by itself. */
  PortFacts addQuiet(String zone, int host) throws IOException {
    zone(zone).call(() -> Files.writeString(NO_IPV6, "1"));
    return board.addPort(spec(zone + "/net0", host), zone(zone));
  }

  static void address(Rtnetlink inside, String name, int host) {
    int index = inside.links().get(name).index();
    inside.addresses().add(index, new IpPrefix(ipv4(host), 24));
    inside.addresses().addWithoutDetection(index, new IpPrefix(ipv6(host), 64));
  }

  boolean pings(String zone, InetAddress target) {
    return pings(zone(zone), target);
  }

  /** More than once, because the kernel goes on setting up a new IPv6 address for a while. */
  static boolean pings(NetworkNamespace from, InetAddress target) {
    boolean answered = false;
    for (int attempt = 0; attempt < 5 && !answered; attempt++) {
      answered = pingsOnce(from, target);
    }
    return answered;
  }

  static boolean pingsOnce(NetworkNamespace from, InetAddress target) {
    return from.call(
        () -> {
          try (Ping ping = Ping.open(target)) {
            return ping.echo(Duration.ofSeconds(1)).isPresent();
          }
        });
  }

  List<String> links() {
    return net.links().list().stream().map(Link::name).sorted().toList();
  }

  LinkStats stats(String key) {
    return board.stats(VnicKey.parse(key));
  }

  @Override
  public void close() {
    board.close();
    guard.close();
    zones.values().forEach(NetworkNamespace::close);
    net.close();
    home.close();
    pins.unmount();
  }
}
