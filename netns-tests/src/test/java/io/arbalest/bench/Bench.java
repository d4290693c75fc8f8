package io.arbalest.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Runs the benchmarks that its words name: {@code switch}, {@code overlay}, {@code protection}.
 * Without any it runs all that are measured against the kernel's own means, and how fast verbs and
 * zones are. {@code --json} prints JSON, {@code --quick} takes one short round.
 */
public final class Bench {
  private static final String LAB =
      """
      lab: bench
      hosts:
        alpha: {underlay: 192.0.2.1/24, etherstubs: [stub0]}
        beta:  {underlay: 192.0.2.2/24}
      overlays:
        blue: {vni: 42, encap: vxlan, directory: files}
      zones:
        near: {host: alpha, net: [{vnic: net0, over: blue, address: [10.42.0.1/24, "fd42::1/64"]}, {vnic: net1, over: stub0, mtu: 1500, address: 10.43.0.1/24}]}
        here: {host: alpha, net: [{vnic: net0, over: stub0, mtu: 1500, address: 10.43.0.2/24}]}
        far:  {host: beta, net: [{vnic: net0, over: blue, address: [10.42.0.2/24, "fd42::2/64"]}]}
      """;

  private static final Set<String> TOPICS = Set.of("switch", "overlay", "protection");
  private static final Set<String> OPTIONS = Set.of("--json", "--quick");

  private final int rounds;
  private final Duration time;
  private final Consumer<Figure> report;

  private Bench(int rounds, Duration time, Consumer<Figure> report) {
    this.rounds = rounds;
    this.time = time;
    this.report = report;
  }

  /** The benchmarks' entry; the property {@code arbalest.command} names the launcher. */
  public static void main(String[] arguments) throws IOException {
    List<String> options = List.of(arguments);
    refuseUnknown(options);
    boolean quick = options.contains("--quick");
    List<Figure> figures = new ArrayList<>();
    boolean json = options.contains("--json");
    Bench bench =
        new Bench(
            quick ? 1 : 3,
            Duration.ofSeconds(quick ? 1 : 3),
            figure -> {
              figures.add(figure);
              if (!json) {
                System.out.println(figure.line());
              }
            });
    bench.run(options.stream().filter(TOPICS::contains).toList());
    if (json) {
      System.out.println(
          "[" + String.join(",\n ", figures.stream().map(Figure::json).toList()) + "]");
    }
  }

  private static void refuseUnknown(List<String> options) {
    for (String option : options) {
      if (!TOPICS.contains(option) && !OPTIONS.contains(option)) {
        System.err.println(
            "bench: '"
                + option
                + "' is not known; switch, overlay, protection, --json and --quick"
                + " are allowed");
        System.exit(2);
      }
    }
  }

  private void run(List<String> topics) throws IOException {
    if (topics.isEmpty() || topics.contains("switch") || topics.contains("overlay")) {
      inALab(topics);
    }
    if (topics.contains("protection")) {
      new ProtectionBench(rounds, time, report).run();
    }
    if (topics.isEmpty()) {
      new ZoneBench(report).run();
    }
  }

  private void inALab(List<String> topics) throws IOException {
    Path lab = Files.createTempFile("bench", ".yaml");
    Files.writeString(lab, LAB);
    Arbalest.run("lab", "up", lab.toString());
    try {
      if (topics.isEmpty() || topics.contains("switch")) {
        local();
      }
      if (topics.isEmpty() || topics.contains("overlay")) {
        overlay();
      }
      if (topics.isEmpty()) {
        new VerbBench(rounds * 10, report).run();
      }
    } finally {
      Arbalest.run("lab", "down", "bench");
      Files.delete(lab);
    }
  }

  private void local() {
    try (KernelNetwork kernel =
        new KernelNetwork()
            .bridge("bench.alpha", "kbr0", 1500)
            .zone("bench.alpha", "kbr0", "bench-k1", List.of("10.44.0.1/24"), 1500)
            .zone("bench.alpha", "kbr0", "bench-k2", List.of("10.44.0.2/24"), 1500)) {
      Ends ours = new Ends(at("bench.near", "10.43.0.1"), at("bench.here", "10.43.0.2"));
      Ends theirs = new Ends(at("bench-k1", "10.44.0.1"), at("bench-k2", "10.44.0.2"));
      compare("local switching", ours, "a Linux bridge", theirs);
    }
  }

  private void overlay() {
    String bridge = "kernel VXLAN + bridge + veth";
    try (KernelNetwork kernel =
        new KernelNetwork()
            .bridge("bench.alpha", "kbr1", 1450)
            .vxlan("bench.alpha", "kbr1", 43, "192.0.2.1", "192.0.2.2")
            .zone("bench.alpha", "kbr1", "bench-k3", List.of("10.45.0.1/24", "fd45::1/64"), 1450)
            .bridge("bench.beta", "kbr1", 1450)
            .vxlan("bench.beta", "kbr1", 43, "192.0.2.2", "192.0.2.1")
            .zone("bench.beta", "kbr1", "bench-k4", List.of("10.45.0.2/24", "fd45::2/64"), 1450)) {
      Ends ours = new Ends(at("bench.near", "10.42.0.1"), at("bench.far", "10.42.0.2"));
      Ends theirs = new Ends(at("bench-k3", "10.45.0.1"), at("bench-k4", "10.45.0.2"));
      compare("overlay", ours, bridge, theirs);
      Ends ours6 = new Ends(at("bench.near", "fd42::1"), at("bench.far", "fd42::2"));
      Ends theirs6 = new Ends(at("bench-k3", "fd45::1"), at("bench-k4", "fd45::2"));
      throughput("overlay, IPv6", ours6, bridge, theirs6);
    }
  }

  /** The two ends of a measurement. */
  private record Ends(Endpoint from, Endpoint to) {}

  private static Endpoint at(String namespace, String address) {
    return Endpoint.of(namespace, address);
  }

  private void compare(String what, Ends ours, String baseline, Ends theirs) {
    throughput(what, ours, baseline, theirs);
    measure(
        what + ", 64-byte UDP frames",
        "kpps",
        false,
        path -> FloodMeter.packetsPerSecond(path.from(), path.to(), time) / 1e3,
        ours,
        baseline,
        theirs);
    measure(
        what + ", request-response, median",
        "us",
        true,
        path -> RoundTripMeter.microseconds(path.from(), path.to(), time).median(),
        ours,
        baseline,
        theirs);
  }

  private void throughput(String what, Ends ours, String baseline, Ends theirs) {
    measure(
        what + ", one TCP stream",
        "Gbit/s",
        false,
        path -> TcpMeter.gigabits(path.from(), path.to(), time),
        ours,
        baseline,
        theirs);
  }

  private void measure(
      String name,
      String unit,
      boolean lessIsBetter,
      ToDoubleFunction<Ends> meter,
      Ends ours,
      String baseline,
      Ends theirs) {
    List<Double> own = new ArrayList<>();
    List<Double> other = new ArrayList<>();
    for (int round = -1; round < rounds; round++) {
      double ourFigure = meter.applyAsDouble(ours);
      double theirFigure = meter.applyAsDouble(theirs);
      // The round before the first warms both up and does not count.
      if (round >= 0) {
        own.add(ourFigure);
        other.add(theirFigure);
      }
    }
    report.accept(new Figure(name, unit, lessIsBetter, own, baseline, other));
  }
}
