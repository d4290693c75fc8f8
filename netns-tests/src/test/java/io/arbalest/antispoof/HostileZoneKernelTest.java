package io.arbalest.antispoof;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.net.InternetChecksum;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.tap.VnetHeader;
import io.arbalest.testing.Privileged;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.Switchboard;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What root of a zone can do to its own end of a VNIC, and say beside a frame. */
@Privileged
class HostileZoneKernelTest {
  private static final VnicKey WEB = VnicKey.parse("web/net0");
  private static final byte[] LIE = SpoofKinds.honest(Frames.MAC, "10.66.66.66");
  private static final byte[] TRUTH = SpoofKinds.honest(Frames.MAC, RaceDaemon.FIRST);

  @TempDir private Path directory;
  private NetworkNamespace home;
  private NetworkNamespace web;
  private NetworkNamespace evil;
  private Bpffs pins;
  private Guard guard;
  private Switchboard board;
  private ArrivalCounter arrivals;

  @BeforeEach
  void open() {
    home = NetworkNamespace.create();
    web = QuietZone.create();
    evil = QuietZone.create();
    pins = Bpffs.mount(directory.resolve("bpf"));
    guard = Guard.open(pins);
    board = home.call(() -> Switchboard.open("hostile", pins, guard));
    board.addSwitch(RaceDaemon.STUB, 9000);
    MacAssignment mac = MacAssignment.fixed(Frames.OTHER_MAC);
    board.addPort(
        new VnicSpec(WEB, RaceDaemon.STUB, mac, OptionalInt.empty(), ProtectionSpec.NONE), web);
    board.addPort(RaceDaemon.evil(RaceDaemon.FIRST), evil);
    arrivals =
        new ArrivalCounter(
            web, "net0", List.of(new ArrivalCounter.Sender(Frames.MAC, RaceDaemon.FIRST)));
  }

  @AfterEach
  void close() {
    arrivals.close();
    board.removePorts(board.ports().keySet());
    board.close();
    guard.close();
    List.of(home, web, evil).forEach(NetworkNamespace::close);
    pins.unmount();
  }

  private int port() {
    return requireNonNull(board.ports().get(RaceDaemon.EVIL)).ifindex();
  }

  private SortedMap<String, Long> drops() {
    SortedMap<String, Long> drops = new TreeMap<>(guard.drops(port()));
    drops.values().removeIf(count -> count == 0);
    return drops;
  }

  /** The same path as before: the truth arrives, the lie does not, and one counter moves. */
  private void assertJudged(RawSender sender, String reason) {
    long honest = arrivals.honest(0);
    long dropped = guard.drops(port()).getOrDefault(reason, 0L);
    sender.send(LIE);
    sender.send(TRUTH);
    assertThat(arrivals.honest(0)).isEqualTo(honest + 1);
    assertThat(arrivals.foreign()).isZero();
    assertThat(drops()).isEqualTo(Map.of(reason, dropped + 1));
  }

  @Test
  void shouldNotBelieveAMarkThatMeansARehearsal() {
    try (RawSender sender = RawSender.open(evil, "net0").marking(DryRun.MARK)) {
      assertJudged(sender, "ipv4-source");
    }
  }

  @Test
  void shouldJudgeAnEndThatWasRenamedAndMovedAway() {
    try (NetworkNamespace hideout = QuietZone.create()) {
      try (Rtnetlink inside = Rtnetlink.open(evil)) {
        int index = inside.links().get("net0").index();
        inside.links().setDown(index);
        inside.links().rename(index, "other0");
        inside.links().move(index, hideout);
      }
      try (Rtnetlink there = Rtnetlink.open(hideout)) {
        there.links().setUp(there.links().get("other0").index());
      }
      try (RawSender sender = RawSender.open(hideout, "other0")) {
        assertJudged(sender, "ipv4-source");
      }
    }
  }

  @Test
  void shouldDropWhatAStationBehindTheZoneSends() throws IOException, InterruptedException {
    run("ip link add link net0 name behind0 type macvlan mode bridge");
    run("ip link set behind0 address 02:08:20:99:99:99");
    run("ip link set behind0 up");
    try (RawSender sender = RawSender.open(evil, "behind0")) {
      sender.send(SpoofKinds.honest(MacAddress.parse("2:8:20:99:99:99"), RaceDaemon.FIRST));
    }
    assertThat(arrivals.foreign()).isZero();
    assertThat(drops()).isEqualTo(Map.of("source-mac", 1L));
  }

  /** The zone's own traffic control may rewrite what it likes: it does so before protection. */
  @Test
  void shouldJudgeWhatTheZonesTrafficControlSends() throws IOException, InterruptedException {
    run("tc qdisc add dev net0 clsact");
    run(
        "tc filter add dev net0 ingress protocol all u32 match u32 0 0 action mirred egress"
            + " redirect dev net0");
    try (RawSender sender = RawSender.open(web, "net0")) {
      sender.send(reflected());
    }
    assertThat(arrivals.foreign()).isZero();
    assertThat(drops()).isEqualTo(Map.of("source-mac", 1L));
  }

  /** A broadcast of the victim's, which comes back with its source if it is reflected. */
  private static byte[] reflected() {
    byte[] frame = SpoofKinds.honest(Frames.OTHER_MAC, "10.0.0.9");
    System.arraycopy(MacAddress.BROADCAST.toBytes(), 0, frame, 0, MacAddress.LENGTH);
    return frame;
  }

  @Test
  void shouldForgetAnEndThatTheZoneDeletedAndMakeItAnew() throws IOException, InterruptedException {
    run("ip link del net0");
    run("ip link add net0 type veth peer name net1");
    run("ip link set net0 up");
    run("ip link set net1 up");
    try (RawSender sender = RawSender.open(evil, "net0")) {
      sender.send(LIE);
      sender.send(TRUTH);
    }
    assertThat(arrivals.honest(0)).isZero();
    run("ip link del net0");
    board.sweep();
    assertThat(board.ports()).doesNotContainKey(RaceDaemon.EVIL);
    assertThat(guard.ports()).hasSize(1);
    board.addPort(RaceDaemon.evil(RaceDaemon.FIRST), evil);
    try (RawSender sender = RawSender.open(evil, "net0")) {
      assertJudged(sender, "ipv4-source");
    }
  }

  /** With an offload header the kernel lays all but so many bytes of a frame out elsewhere. */
  @Test
  void shouldReadHeadersThatAreScatteredInMemory() {
    try (RawSender sender = RawSender.open(evil, "net0").offloading()) {
      for (int head : new int[] {0, 14, 15, 33, 34, 60}) {
        long honest = arrivals.honest(0);
        VnetHeader header = new VnetHeader(0, VnetHeader.GSO_NONE, head, 0, 0, 0);
        assertThat(sender.trySend(header, large(TRUTH))).isTrue();
        assertThat(sender.trySend(header, large(LIE))).isTrue();
        assertThat(arrivals.honest(0)).as("head of %d", head).isEqualTo(honest + 1);
      }
    }
    assertThat(arrivals.foreign()).isZero();
    assertThat(drops()).isEqualTo(Map.of("ipv4-source", 6L));
  }

  private static byte[] large(byte[] frame) {
    return Frames.join(frame, new byte[8000]);
  }

  @Test
  void shouldNotBeLedAstrayByOffloadHeaders() {
    SplittableRandom random = new SplittableRandom(1);
    List<byte[]> lies = SpoofKinds.untagged();
    long taken = 0;
    try (RawSender sender = RawSender.open(evil, "net0").offloading()) {
      for (int i = 0; i < 20_000; i++) {
        byte[] lie = lies.get(random.nextInt(lies.size()));
        taken += sender.trySend(nonsense(random), i % 2 == 0 ? lie : large(lie)) ? 1 : 0;
      }
    }
    System.out.printf("the kernel took %d of 20000 frames with nonsense beside them%n", taken);
    assertThat(taken).isGreaterThan(1000);
    assertThat(arrivals.foreign()).isZero();
    // The zone's own kernel cuts some of them into several before they leave.
    assertThat(drops().values().stream().mapToLong(Long::longValue).sum())
        .isGreaterThanOrEqualTo(taken / 2);
  }

  private static VnetHeader nonsense(SplittableRandom random) {
    int[] kinds = {0, 0, VnetHeader.GSO_TCPV4, 3, VnetHeader.GSO_TCPV6, VnetHeader.GSO_UDP_L4};
    return new VnetHeader(
        random.nextInt(4),
        kinds[random.nextInt(kinds.length)],
        random.nextInt(100),
        random.nextInt(2) == 0 ? 1 + random.nextInt(1400) : random.nextInt(1 << 16),
        random.nextInt(64),
        random.nextInt(24));
  }

  /**
   * A datagram of two segments: the first is an honest DHCP message, and the receiver's kernel
   * makes one of the second too, which says it is another client's.
   */
  @Test
  void shouldNotLetADhcpMessageHideBehindAnother() throws IOException {
    PortPolicy policy = Policies.dynamic().policy();
    byte[] honest = Frames.dhcp(1, Frames.MAC);
    byte[] foreign = Frames.dhcp(1, Frames.OTHER_MAC);
    byte[] frame = discover(honest, foreign);
    VnetHeader aggregate =
        new VnetHeader(VnetHeader.NEEDS_CHECKSUM, VnetHeader.GSO_UDP_L4, 42, honest.length, 34, 6);
    addAddress();
    try (DatagramSocket server = web.call(() -> new DatagramSocket(67));
        RawSender sender = RawSender.open(evil, "net0").offloading()) {
      guard.admit(port(), policy.with(Protection.NONE));
      assertThat(sender.trySend(aggregate, frame)).isTrue();
      assertThat(received(server)).as("datagrams while protection is off").isEqualTo(2);
      guard.admit(port(), policy);
      assertThat(sender.trySend(aggregate, frame)).isTrue();
      assertThat(received(server)).as("datagrams while it is on").isZero();
      assertThat(drops()).isEqualTo(Map.of("dhcp-fragment", 1L));
      VnetHeader single = new VnetHeader(VnetHeader.NEEDS_CHECKSUM, 0, 42, 0, 34, 6);
      assertThat(sender.trySend(single, discover(honest))).isTrue();
      assertThat(received(server)).as("an honest one").isEqualTo(1);
    }
  }

  private static byte[] discover(byte[]... messages) {
    byte[] packet =
        Frames.ipv4("0.0.0.0", "255.255.255.255", Frames.UDP, Frames.udp(68, 67, messages));
    byte[] frame = Frames.own(Frames.IPV4, packet);
    System.arraycopy(MacAddress.BROADCAST.toBytes(), 0, frame, 0, MacAddress.LENGTH);
    put16(frame, 24, InternetChecksum.finish(InternetChecksum.sum(frame, 14, 20)));
    int length = frame.length - 34;
    long pseudo = InternetChecksum.sum(frame, 26, 8) + Frames.UDP + length;
    put16(frame, 40, InternetChecksum.fold(pseudo));
    return frame;
  }

  private static void put16(byte[] frame, int at, int value) {
    frame[at] = (byte) (value >> 8);
    frame[at + 1] = (byte) value;
  }

  /** The datagrams that are there or come soon. */
  private static int received(DatagramSocket socket) throws IOException {
    socket.setSoTimeout(200);
    int count = 0;
    try {
      while (true) {
        socket.receive(new DatagramPacket(new byte[1500], 1500));
        count++;
      }
    } catch (SocketTimeoutException e) {
      return count;
    }
  }

  private void addAddress() {
    try (Rtnetlink inside = Rtnetlink.open(web)) {
      inside.addresses().add(inside.links().get("net0").index(), IpPrefix.parse("10.0.0.9/24"));
    }
  }

  private void run(String command) throws IOException, InterruptedException {
    Process process = evil.call(() -> new ProcessBuilder(command.split(" ")).inheritIO().start());
    assertThat(process.waitFor()).as(command).isZero();
  }
}
