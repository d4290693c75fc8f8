package io.arbalest.bench;

import io.arbalest.antispoof.Guard;
import io.arbalest.antispoof.Protection;
import io.arbalest.antispoof.ProtectionMode;
import io.arbalest.linux.bpf.Bpffs;
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
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What protection costs between two zones of one host: the same path without it, with it, and with
 * a long address list; and beside it the same policy as nftables rules on a Linux bridge's ports.
 */
final class ProtectionBench {
  private static final LinkName STUB = new LinkName("stub0");
  private static final Set<String> MODES =
      Protection.DEFAULT.modes().stream()
          .map(ProtectionMode::label)
          .collect(Collectors.toUnmodifiableSet());

  private static final String OFF = "protection off";
  private static final String BRIDGE = "a Linux bridge";
  private static final String NFTABLES = "nftables";

  private final int rounds;
  private final Duration time;
  private final Consumer<Figure> report;
  private final List<NetworkNamespace> zones = new ArrayList<>();

  ProtectionBench(int rounds, Duration time, Consumer<Figure> report) {
    this.rounds = rounds;
    this.time = time;
    this.report = report;
  }

  /** The two ends of a measurement. */
  private record Ends(Endpoint from, Endpoint to) {}

  void run() throws IOException {
    Path folder = Files.createTempDirectory("bench");
    Bpffs pins = Bpffs.mount(folder.resolve("bpf"));
    try {
      new ProgramBench(rounds, report).run(pins);
      endToEnd(pins);
    } finally {
      pins.unmount();
      Files.deleteIfExists(folder.resolve("bpf"));
      Files.deleteIfExists(folder);
    }
  }

  private void endToEnd(Bpffs pins) {
    try (NetworkNamespace home = NetworkNamespace.create();
        Guard guard = Guard.open(pins);
        Switchboard board = home.call(() -> Switchboard.open("bench", pins, guard));
        NftablesNetwork nftables = new NftablesNetwork()) {
      board.addSwitch(STUB, 1500);
      Map<String, Ends> paths = new LinkedHashMap<>();
      paths.put(OFF, pair(board, 1, Set.of(), 1));
      paths.put("protection", pair(board, 2, MODES, 1));
      paths.put("protection, 10000 prefixes", pair(board, 3, MODES, 10_000));
      paths.put(BRIDGE, ends(nftables.open()));
      paths.put(NFTABLES, ends(nftables.protectedBy(1)));
      paths.put(NFTABLES + ", 10000 prefixes", ends(nftables.protectedBy(10_000)));
      measure(
          ", one TCP stream",
          "Gbit/s",
          ends -> TcpMeter.gigabits(ends.from(), ends.to(), time),
          paths);
      measure(
          ", 64-byte UDP frames",
          "kpps",
          ends -> FloodMeter.packetsPerSecond(ends.from(), ends.to(), time) / 1e3,
          paths);
      board.removePorts(board.ports().keySet());
    } finally {
      zones.forEach(NetworkNamespace::close);
    }
  }

  private static Ends ends(List<Endpoint> pair) {
    return new Ends(pair.getFirst(), pair.getLast());
  }

  /** Two zones that speak in a network of their own. */
  private Ends pair(Switchboard board, int network, Set<String> modes, int prefixes) {
    return new Ends(
        zone(board, 10 * network, modes, prefixes), zone(board, 10 * network + 1, modes, prefixes));
  }

  private Endpoint zone(Switchboard board, int number, Set<String> modes, int prefixes) {
    InetAddress address = InetAddress.ofLiteral("10.43." + number / 10 + "." + (number % 10 + 1));
    List<IpPrefix> allowed = new ArrayList<>(List.of(AllowedIps.ipv4(prefixes)));
    allowed.add(IpPrefix.host(address));
    NetworkNamespace zone = NetworkNamespace.create();
    zones.add(zone);
    board.addPort(
        new VnicSpec(
            VnicKey.parse("z" + number + "/net0"),
            STUB,
            MacAssignment.fixed(MacAddress.of(0x020820_000000L + number)),
            OptionalInt.empty(),
            ProtectionSpec.of(modes, allowed)),
        zone);
    try (Rtnetlink inside = Rtnetlink.open(zone)) {
      int index = inside.links().get("net0").index();
      inside.addresses().add(index, new IpPrefix(address, 24));
    }
    return new Endpoint(Path.of("/proc/self/fd/" + zone.fd().number()), address);
  }

  /** All paths by turns; the round before the first warms them up and does not count. */
  private void measure(
      String what, String unit, ToDoubleFunction<Ends> meter, Map<String, Ends> paths) {
    Map<String, List<Double>> measured = new LinkedHashMap<>();
    paths.keySet().forEach(name -> measured.put(name, new ArrayList<>()));
    for (int round = -1; round < rounds; round++) {
      for (Map.Entry<String, Ends> path : paths.entrySet()) {
        double figure = meter.applyAsDouble(path.getValue());
        if (round >= 0) {
          measured.getOrDefault(path.getKey(), new ArrayList<>()).add(figure);
        }
      }
    }
    measured.forEach(
        (name, figures) -> {
          String baseline = name.startsWith("protection") ? OFF : BRIDGE;
          boolean alone = name.equals(baseline);
          List<Double> theirs = alone ? List.of() : measured.getOrDefault(baseline, List.of());
          report.accept(
              new Figure(name + what, unit, false, figures, alone ? "" : baseline, theirs));
        });
  }
}
