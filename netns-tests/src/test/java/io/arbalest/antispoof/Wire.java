package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Bytecode;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.Register;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.FilterPlace;
import io.arbalest.linux.rtnetlink.NewLink;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.rtnetlink.VethPair;
import io.arbalest.linux.tap.VnetHeader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A sender's zone and a victim's, joined by a host that passes every frame on as it is, tags and
 * all, past the guard of the sender on its way in and that of the victim on its way out.
 */
final class Wire implements AutoCloseable {
  private static final DecisionTable.Policy OPEN =
      new DecisionTable.Policy(DecisionTable.OPEN, DecisionTable.OPEN.flags());

  /** The largest there is: some rows are of long frames. */
  private static final int MTU = 65_535;

  private final Map<Integer, DecisionTable.Policy> inForce = new HashMap<>();
  private final NetworkNamespace host = QuietZone.create();
  private final NetworkNamespace zone = QuietZone.create();
  private final NetworkNamespace victim = QuietZone.create();
  private final Rtnetlink net = Rtnetlink.open(host);
  private final Bpffs pins;
  private final Guard guard;
  private final BpfProgram relay;
  private final ArrivalCounter arrivals;
  private final RawSender sender;
  private final RawSender aggregator;
  private final int port;
  private final int victimPort;

  Wire(Path directory) {
    pins = Bpffs.mount(directory.resolve("bpf"));
    guard = Guard.open(pins);
    guard.setVteps(Policies.VTEPS);
    port = join("port", zone);
    victimPort = join("victim", victim);
    relay = BpfProgram.load(relayTo(victimPort), Map.of());
    attach(FilterPlace.ingress(port, 1), guard.program());
    attach(FilterPlace.ingress(port, 2), relay);
    attach(FilterPlace.egress(victimPort, 1), guard.reception());
    arrivals = new ArrivalCounter(victim, "net0", List.of());
    sender = RawSender.open(zone, raise(zone));
    aggregator = RawSender.open(zone, "net0").offloading();
    raise(victim);
    open();
  }

  private int join(String name, NetworkNamespace to) {
    int index =
        net.links()
            .createVeth(
                new VethPair(
                    NewLink.named(name).withMtu(MTU), NewLink.named("net0").withMtu(MTU).in(to)))
            .index();
    net.traffic().addClsact(index);
    net.links().setUp(index);
    return index;
  }

  private void attach(FilterPlace place, BpfProgram program) {
    net.traffic().attach(place, program.name(), program.fd());
  }

  private static int raise(NetworkNamespace zone) {
    try (Rtnetlink inside = Rtnetlink.open(zone)) {
      int index = inside.links().get("net0").index();
      inside.links().setUp(index);
      return index;
    }
  }

  private static Bytecode relayTo(int ifindex) {
    return new Assembler("relay")
        .mov(Register.R1, ifindex)
        .mov(Register.R2, 0)
        .call(Helper.REDIRECT)
        .exit()
        .assemble();
  }

  /** Puts a row's policy in the way that it goes, and none that minds in the other. */
  void protect(WireRow row) {
    boolean sent = row.direction() == Direction.FROM_ZONE;
    install(port, sent ? row.policy() : OPEN);
    install(victimPort, sent ? OPEN : row.policy());
  }

  /** Takes all policies that mind out of the way. */
  void open() {
    install(port, OPEN);
    install(victimPort, OPEN);
  }

  /** Changing a policy takes the kernel's grace period; most rows are under the one before. */
  private void install(int at, DecisionTable.Policy policy) {
    if (!policy.equals(inForce.put(at, policy))) {
      guard.admit(at, PolicyContents.of(policy.port(), policy.flags()));
    }
  }

  /**
   * Sends the row's frame and waits until it has arrived or been dropped.
   *
   * @return every counter that moved; under "arrived" what came to the victim
   */
  SortedMap<String, Long> send(WireRow row) throws InterruptedException {
    SortedMap<String, Long> before = counters();
    if (row.aggregate()) {
      assertThat(aggregator.trySend(datagrams(row.bytes()), row.bytes())).isTrue();
    } else {
      sender.send(row.bytes());
    }
    SortedMap<String, Long> moved = moved(before);
    for (int i = 0; i < 100 && moved.isEmpty(); i++) {
      Thread.sleep(1);
      moved = moved(before);
    }
    return moved;
  }

  /** The header of an aggregate of UDP datagrams without IP options or extension headers. */
  private static VnetHeader datagrams(byte[] frame) {
    int udp = frame[12] == 8 ? 34 : 54;
    return new VnetHeader(VnetHeader.NEEDS_CHECKSUM, VnetHeader.GSO_UDP_L4, udp + 8, 8, udp, 6);
  }

  private SortedMap<String, Long> counters() {
    SortedMap<String, Long> counters = new TreeMap<>(guard.drops(port));
    guard.drops(victimPort).forEach((reason, count) -> counters.merge(reason, count, Long::sum));
    counters.put("arrived", arrivals.foreign());
    return counters;
  }

  private SortedMap<String, Long> moved(SortedMap<String, Long> before) {
    SortedMap<String, Long> moved = counters();
    moved.replaceAll((name, count) -> count - before.getOrDefault(name, 0L));
    moved.values().removeIf(count -> count == 0);
    return moved;
  }

  @Override
  public void close() {
    sender.close();
    aggregator.close();
    net.close();
    List.of(host, zone, victim).forEach(NetworkNamespace::close);
    relay.close();
    arrivals.close();
    guard.close();
    pins.unmount();
  }
}
