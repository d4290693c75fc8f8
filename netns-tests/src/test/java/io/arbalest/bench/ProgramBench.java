package io.arbalest.bench;

import io.arbalest.antispoof.Frames;
import io.arbalest.antispoof.Guard;
import io.arbalest.antispoof.PortPolicy;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.TestInput;
import io.arbalest.linux.bpf.TestRun;
import io.arbalest.linux.bpf.asm.TcAction;
import io.arbalest.linux.net.IpPrefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * What the protection program takes for a frame that it lets through, by the kernel's own clock.
 */
final class ProgramBench {
  private static final int LOOPBACK = 1;
  private static final int REPEAT = 1_000_000;
  private static final int[] PREFIXES = {1, 100, 10_000};
  private static final List<Kind> KINDS = kinds();

  private final int rounds;
  private final Consumer<Figure> report;

  ProgramBench(int rounds, Consumer<Figure> report) {
    this.rounds = rounds;
    this.report = report;
  }

  /**
   * A frame to measure.
   *
   * @param allowed the list that it needs, of a length
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Kind(String name, byte[] frame, IntFunction<IpPrefix[]> allowed) {}

  /** Measures on pins of its own. */
  void run(Bpffs pins) {
    Map<String, List<Double>> figures = new LinkedHashMap<>();
    try (Guard guard = Guard.open(pins)) {
      for (int round = 0; round < rounds; round++) {
        for (Kind kind : KINDS) {
          for (int prefixes : PREFIXES) {
            guard.admit(LOOPBACK, PortPolicy.of(Frames.MAC, kind.allowed().apply(prefixes)));
            figures
                .computeIfAbsent(name(kind, prefixes), _ -> new ArrayList<>())
                .add(nanos(guard, kind));
          }
        }
      }
      guard.forget(LOOPBACK);
    }
    figures.forEach(
        (name, nanos) -> report.accept(new Figure(name, "ns", true, nanos, "", List.of())));
  }

  private static String name(Kind kind, int prefixes) {
    return "protection, "
        + kind.name()
        + ", "
        + prefixes
        + (prefixes == 1 ? " prefix" : " prefixes");
  }

  private static List<Kind> kinds() {
    byte[] claim = Frames.advertisement(AllowedIps.IPV6, Frames.tlla(Frames.MAC));
    byte[] packet = Frames.ipv6(Frames.LINK_LOCAL, "ff02::1", Frames.ICMP6, claim);
    byte[] arp = Frames.arp(2, Frames.MAC, AllowedIps.IPV4, "10.0.0.9");
    return List.of(
        ipv4("IPv4 TCP", Frames.TCP, Frames.tcp(1, 2)),
        ipv4("IPv4 UDP", Frames.UDP, Frames.udp(1, 2, new byte[18])),
        new Kind("ARP", Frames.own(Frames.ARP, arp), AllowedIps::ipv4),
        new Kind("ND", Frames.own(Frames.IPV6, packet), AllowedIps::ipv6));
  }

  private static Kind ipv4(String name, int protocol, byte[] payload) {
    byte[] packet = Frames.ipv4(AllowedIps.IPV4, "10.0.0.9", protocol, payload);
    return new Kind(name, Frames.own(Frames.IPV4, packet), AllowedIps::ipv4);
  }

  private static double nanos(Guard guard, Kind kind) {
    TestInput input = TestInput.of(kind.frame()).ifindex(LOOPBACK).repeated(REPEAT);
    TestRun run = guard.program().testRun(input);
    if (run.verdict() != TcAction.UNSPEC) {
      throw new IllegalStateException(kind.name() + " is measured and was dropped: " + run);
    }
    return run.nanos();
  }
}
