package io.arbalest.bench;

import io.arbalest.antispoof.Frames;
import io.arbalest.antispoof.Guard;
import io.arbalest.antispoof.PortPolicy;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.TestInput;
import io.arbalest.linux.bpf.asm.TcAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the protection program takes for a frame that it lets through, by the kernel's own clock.
 */
final class ProgramBench {
  private static final int LOOPBACK = 1;
  private static final int REPEAT = 1_000_000;
  private static final int[] PREFIXES = {1, 100, 10_000};

  private final int rounds;
  private final Consumer<Figure> report;

  ProgramBench(int rounds, Consumer<Figure> report) {
    this.rounds = rounds;
    this.report = report;
  }

  /** Measures on pins of its own. */
  void run(Bpffs pins) {
    Map<String, List<Double>> figures = new LinkedHashMap<>();
    frames().keySet().forEach(kind -> addFigures(kind, figures));
    try (Guard guard = Guard.open(pins)) {
      for (int round = 0; round < rounds; round++) {
        for (int prefixes : PREFIXES) {
          guard.admit(LOOPBACK, PortPolicy.of(Frames.MAC, AllowedIps.of(prefixes)));
          frames()
              .forEach((kind, frame) -> figures.get(name(kind, prefixes)).add(nanos(guard, frame)));
        }
      }
      guard.forget(LOOPBACK);
    }
    figures.forEach(
        (name, nanos) -> report.accept(new Figure(name, "ns", true, nanos, "", List.of())));
  }

  private static void addFigures(String kind, Map<String, List<Double>> figures) {
    for (int prefixes : PREFIXES) {
      figures.put(name(kind, prefixes), new ArrayList<>());
    }
  }

  private static String name(String kind, int prefixes) {
    return "protection of " + kind + ", " + prefixes + (prefixes == 1 ? " prefix" : " prefixes");
  }

  private static Map<String, byte[]> frames() {
    Map<String, byte[]> frames = new LinkedHashMap<>();
    byte[] claim = Frames.advertisement(AllowedIps.IPV6, Frames.tlla(Frames.MAC));
    frames.put("IPv4 TCP", ipv4(Frames.TCP, Frames.tcp(1, 2)));
    frames.put("IPv4 UDP", ipv4(Frames.UDP, Frames.udp(1, 2, new byte[18])));
    frames.put(
        "ARP", Frames.own(Frames.ARP, Frames.arp(2, Frames.MAC, AllowedIps.IPV4, "10.0.0.9")));
    frames.put(
        "ND",
        Frames.own(Frames.IPV6, Frames.ipv6(Frames.LINK_LOCAL, "ff02::1", Frames.ICMP6, claim)));
    return frames;
  }

  private static byte[] ipv4(int protocol, byte[] payload) {
    return Frames.own(Frames.IPV4, Frames.ipv4(AllowedIps.IPV4, "10.0.0.9", protocol, payload));
  }

  private static double nanos(Guard guard, byte[] frame) {
    var run = guard.program().testRun(TestInput.of(frame).ifindex(LOOPBACK).repeated(REPEAT));
    if (run.verdict() != TcAction.UNSPEC) {
      throw new IllegalStateException("a frame that is measured was dropped: " + run);
    }
    return run.nanos();
  }
}
