package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.MapKind;
import io.arbalest.linux.bpf.MapSpec;
import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Bytecode;
import io.arbalest.linux.bpf.asm.Register;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.TcAction;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.FilterPlace;
import io.arbalest.linux.rtnetlink.NewLink;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.rtnetlink.VethPair;
import io.arbalest.testing.Privileged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The decision table on the wire: a zone's root sends raw frames, the guard stands at the other end
 * of its veth, and what passes it is counted by a filter behind.
 */
@Privileged
class ProtectionWireKernelTest {
  private static final Path NO_IPV6 = Path.of("/proc/sys/net/ipv6/conf/default/disable_ipv6");
  private static final MapSpec ARRIVALS = new MapSpec("arrivals", MapKind.ARRAY, 4, 8, 1);

  @TempDir private Path directory;
  private Bpffs pins;
  private Guard guard;
  private BpfMap arrivals;
  private BpfProgram counter;
  private NetworkNamespace host;
  private NetworkNamespace zone;
  private Rtnetlink net;
  private RawSender sender;
  private int port;

  @BeforeEach
  void open() {
    pins = Bpffs.mount(directory.resolve("bpf"));
    guard = Guard.open(pins);
    arrivals = BpfMap.create(ARRIVALS);
    counter = BpfProgram.load(counting(), Map.of(ARRIVALS.name(), arrivals));
    host = quietNamespace();
    zone = quietNamespace();
    net = Rtnetlink.open(host);
    port =
        net.links()
            .createVeth(new VethPair(NewLink.named("port"), NewLink.named("net0").in(zone)))
            .index();
    net.traffic().addClsact(port);
    net.traffic().attach(FilterPlace.ingress(port, 1), "guard", guard.program().fd());
    net.traffic().attach(FilterPlace.ingress(port, 2), "counter", counter.fd());
    net.links().setUp(port);
    sender = RawSender.open(zone, raise());
  }

  /** One that says nothing by itself, so that the test's frames are the only ones. */
  private static NetworkNamespace quietNamespace() {
    NetworkNamespace made = NetworkNamespace.create();
    try {
      return made.call(
          () -> {
            Files.writeString(NO_IPV6, "1");
            return made;
          });
    } catch (IOException e) {
      made.close();
      throw new UncheckedIOException(e);
    }
  }

  private int raise() {
    try (Rtnetlink inside = Rtnetlink.open(zone)) {
      int index = inside.links().get("net0").index();
      inside.links().setUp(index);
      return index;
    }
  }

  private static Bytecode counting() {
    return new Assembler("counter")
        .loadMapValue(Register.R1, ARRIVALS.name(), 0)
        .mov(Register.R2, 1)
        .atomicAdd(Size.DOUBLE, Register.R1, 0, Register.R2)
        .mov(Register.R0, TcAction.SHOT)
        .exit()
        .assemble();
  }

  @AfterEach
  void close() {
    sender.close();
    net.close();
    zone.close();
    host.close();
    counter.close();
    arrivals.close();
    guard.close();
    pins.unmount();
  }

  @Test
  void shouldDecideEveryRowOfTheTableOnTheWire() throws InterruptedException {
    List<String> surprises = new ArrayList<>();
    for (DecisionTable.Row row : DecisionTable.rows()) {
      guard.forget(port);
      guard.admit(port, row.policy().port());
      guard.policies().install(port, row.policy().port(), row.policy().flags());
      long before = arrived();
      sender.send(onTheWire(row.frame()));
      Map<String, Long> drops = awaitOne(before);
      boolean passed = arrived() == before + 1;
      boolean right =
          row.reason().map(DropReason::label).map(l -> drops.equals(Map.of(l, 1L))).orElse(passed)
              && passed == drops.isEmpty();
      if (!right && !swallowed(row)) {
        surprises.add("%s: passed %s, drops %s".formatted(row, passed, drops));
      }
    }

    assertThat(surprises).isEmpty();
  }

  /** Turns a frame whose tag the kernel took off into the one that the zone sent. */
  private static byte[] onTheWire(Frame frame) {
    if (!frame.tagStripped()) {
      return frame.bytes();
    }
    byte[] addresses = Arrays.copyOf(frame.bytes(), 12);
    byte[] rest = Arrays.copyOfRange(frame.bytes(), 12, frame.bytes().length);
    return Frames.join(addresses, Frames.u16(0x8100, 7), rest);
  }

  /** A tag that is cut off is dropped by the kernel before it asks any filter. */
  private boolean swallowed(DecisionTable.Row row) {
    return row.frame().bytes().length < 18 && row.reason().equals(Optional.of(DropReason.VLAN_TAG));
  }

  private Map<String, Long> awaitOne(long before) throws InterruptedException {
    Map<String, Long> drops = moved();
    for (int i = 0; i < 100 && drops.isEmpty() && arrived() == before; i++) {
      Thread.sleep(1);
      drops = moved();
    }
    return drops;
  }

  private Map<String, Long> moved() {
    Map<String, Long> drops = guard.drops(port);
    drops.values().removeIf(count -> count == 0);
    return drops;
  }

  private long arrived() {
    return arrivals.sums(new byte[4])[0];
  }
}
