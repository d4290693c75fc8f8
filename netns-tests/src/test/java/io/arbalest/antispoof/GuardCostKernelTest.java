package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.linux.bpf.BpfObjects;
import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.TestInput;
import io.arbalest.linux.bpf.TestRun;
import io.arbalest.linux.bpf.asm.Bytecode;
import io.arbalest.linux.bpf.asm.TcAction;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.testing.Privileged;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the programs cost, printed: times differ from machine to machine and are not asserted. */
@Privileged
class GuardCostKernelTest {
  private static final int LOOPBACK = 1;
  private static final int RUNS = 1_000_000;

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(Direction.class)
  void shouldPrintHowLongTheVerifierTakes(Direction direction) {
    RuleModel model = Guard.model(direction);
    try (BpfObjects maps = BpfObjects.create(GuardMaps.ALL)) {
      Bytecode code = BpfCompiler.compile(direction, model);
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        long start = System.nanoTime();
        try (BpfProgram program = maps.load(code)) {
          best = Math.min(best, System.nanoTime() - start);
          assertThat(program.info().name()).isEqualTo(BpfCompiler.name(direction));
        }
      }
      System.out.printf("%s: %d slots, loaded in %d us%n", code.name(), code.slots(), best / 1000);
    }
  }

  @Test
  void shouldPrintWhatAFrameCosts() {
    Bpffs pins = Bpffs.mount(directory.resolve("bpf"));
    try (Guard guard = Guard.open(pins)) {
      guard.admit(
          LOOPBACK,
          PortPolicy.of(Frames.MAC, IpPrefix.parse("10.0.0.5/32"), IpPrefix.parse("fd00::5/128")));
      frames()
          .forEach(
              (name, frame) -> {
                TestInput input = TestInput.of(frame).ifindex(LOOPBACK).repeated(RUNS);
                TestRun run = guard.program().testRun(input);
                assertThat(run.verdict()).as(name).isEqualTo(TcAction.UNSPEC);
                System.out.printf("%s: %d ns%n", name, run.nanos());
              });
    } finally {
      pins.unmount();
    }
  }

  private static Map<String, byte[]> frames() {
    Map<String, byte[]> frames = new LinkedHashMap<>();
    frames.put("IPv4 TCP", ipv4(Frames.TCP, Frames.tcp(1, 2)));
    frames.put("IPv4 UDP", ipv4(Frames.UDP, Frames.udp(1, 2)));
    frames.put("ARP", Frames.own(Frames.ARP, Frames.arp(1, Frames.MAC, "10.0.0.5", "10.0.0.9")));
    frames.put("IPv6 TCP", ipv6(64, "fd00::9", 6, Frames.tcp(1, 2)));
    byte[] target = Frames.join(new byte[4], Frames.ip("fd00::9"));
    byte[] option = Frames.join(Frames.bytes(1, 1), Frames.MAC.toBytes());
    frames.put("ND", ipv6(255, "ff02::1:ff00:9", 58, Frames.icmp6(135, target, option)));
    return frames;
  }

  private static byte[] ipv4(int protocol, byte[] payload) {
    return Frames.own(Frames.IPV4, Frames.ipv4("10.0.0.5", "10.0.0.9", protocol, payload));
  }

  private static byte[] ipv6(int hops, String to, int next, byte[] payload) {
    return Frames.own(Frames.IPV6, Frames.ipv6(hops, "fd00::5", to, next, payload));
  }
}
