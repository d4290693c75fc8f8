package io.arbalest.antispoof.learn;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.DynamicMethod;
import io.arbalest.antispoof.Frames;
import io.arbalest.antispoof.NotedFrame;
import io.arbalest.antispoof.rules.Topic;
import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.vnic.LinkName;
import io.arbalest.vnic.VnicKey;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A learner with two VNICs on one switch, a clock that tests set, and a gate that remembers. */
final class Bench {
  static final long SECOND = 1_000_000_000L;

  /** The VNIC with {@link Frames#MAC}. */
  static final int WEB = 3;

  /** Another one on the same switch. */
  static final int DB = 4;

  static final MacAddress DB_MAC = MacAddress.parse("2:8:20:0:0:4");
  static final Set<DynamicMethod> ALL = EnumSet.allOf(DynamicMethod.class);

  /** What is open at each port, as the gate was told. */
  final TreeMap<Integer, TreeSet<String>> open = new TreeMap<>();

  /** What the gate was told, in order: {@code +3 10.0.0.5}. */
  final List<String> told = new ArrayList<>();

  final Learner learner = new Learner(new Gate());
  long now = 1_000 * SECOND;

  /** Called with each telling before it counts; throws for a gate that refuses. */
  Consumer<String> refusal = told -> {};

  private final class Gate implements AddressGate {
    @Override
    public void allow(int ifindex, InetAddress address) {
      tell("+" + ifindex + " " + IpLiteral.format(address));
      open.computeIfAbsent(ifindex, i -> new TreeSet<>()).add(IpLiteral.format(address));
    }

    @Override
    public void withdraw(int ifindex, InetAddress address) {
      tell("-" + ifindex + " " + IpLiteral.format(address));
      open.computeIfAbsent(ifindex, i -> new TreeSet<>()).remove(IpLiteral.format(address));
    }

    private void tell(String what) {
      refusal.accept(what);
      told.add(what);
    }
  }

  /** Both VNICs, with all methods and no static address. */
  static Bench ready() {
    Bench bench = new Bench();
    bench.attach(WEB, web(ALL));
    bench.attach(DB, db(ALL));
    return bench;
  }

  static LearningPort web(Set<DynamicMethod> methods, String... allowed) {
    return port("web/net0", "stub0", Frames.MAC, methods, allowed);
  }

  static LearningPort db(Set<DynamicMethod> methods, String... allowed) {
    return port("db/net0", "stub0", DB_MAC, methods, allowed);
  }

  static LearningPort port(
      String vnic, String lower, MacAddress mac, Set<DynamicMethod> methods, String... allowed) {
    return new LearningPort(
        VnicKey.parse(vnic),
        new LinkName(lower),
        mac,
        Set.of(),
        methods,
        Arrays.stream(allowed).map(IpPrefix::parse).toList());
  }

  void attach(int ifindex, LearningPort port) {
    learner.attach(ifindex, port, () -> {});
  }

  private void note(int port, Direction direction, Topic topic, byte[] frame) {
    learner.onNote(new NotedFrame(now, port, direction, topic, frame));
  }

  /** A DHCP client's broadcast. */
  void asks(int port, Dhcp4 message) {
    note(port, Direction.FROM_ZONE, Topic.DHCPV4, message.broadcast());
  }

  /** A DHCP client writes to a server that it knows. */
  void asks(int port, String server, Dhcp4 message) {
    note(port, Direction.FROM_ZONE, Topic.DHCPV4, message.unicast("10.0.0.5", server));
  }

  void hears(int port, Dhcp4 message) {
    note(port, Direction.TO_ZONE, Topic.DHCPV4, message.reply("10.0.0.1"));
  }

  void asks(int port, Dhcp6 message) {
    note(port, Direction.FROM_ZONE, Topic.DHCPV6, message.fromZone());
  }

  void hears(int port, Dhcp6 message) {
    note(port, Direction.TO_ZONE, Topic.DHCPV6, message.toZone());
  }

  void advertised(int port, byte[]... options) {
    note(port, Direction.TO_ZONE, Topic.ND, Neighbours.advertisement(options));
  }

  void probes(int port, String target) {
    note(port, Direction.FROM_ZONE, Topic.ND, Neighbours.probe(target));
  }

  /** The whole of choosing an offer: a request, and the acknowledgement of 10.0.0.1. */
  void leases(int port, MacAddress mac, String address, long seconds) {
    asks(port, Dhcp4.client(Dhcp4.REQUEST).from(mac).requested(address).server("10.0.0.1"));
    hears(port, Dhcp4.ack(address, "10.0.0.1", seconds).from(mac));
  }

  /** Lets time pass and ends what has ended. */
  void pass(long seconds) {
    now += seconds * SECOND;
    learner.expire(now);
  }

  Set<String> openAt(int port) {
    return open.getOrDefault(port, new TreeSet<>());
  }

  /** The one binding of a port. */
  Binding only() {
    List<Binding> all = learner.bindings();
    if (all.size() != 1) {
      throw new AssertionError("one binding, not " + all);
    }
    return all.getFirst();
  }
}
