package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.note;
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.antispoof.rules.Topic;
import io.arbalest.linux.bpf.BpfMap;
import io.arbalest.linux.bpf.BpfObjects;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.bpf.RingBuffer;
import io.arbalest.linux.bpf.TestInput;
import io.arbalest.linux.bpf.asm.TcAction;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.linux.rtnetlink.NewLink;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.linux.rtnetlink.VethPair;
import io.arbalest.testing.Privileged;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the programs tell of single frames, and what they keep for themselves. */
@Privileged
class ReportKernelTest {
  private static final int MANY = 10_000;
  private static final byte[] HONEST = frame("10.0.0.5");
  private static final byte[] SPOOFED = frame("10.0.0.6");

  @TempDir private Path directory;
  private Bpffs pins;
  private NetworkNamespace host;
  private Guard guard;
  private BpfObjects maps;
  private int port;
  private int otherPort;

  @BeforeEach
  void open() {
    pins = Bpffs.mount(directory.resolve("bpf"));
    host = NetworkNamespace.create();
    try (Rtnetlink net = Rtnetlink.open(host)) {
      port = net.links().createVeth(new VethPair(NewLink.named("a"), NewLink.named("b"))).index();
      otherPort = net.links().get("b").index();
    }
    guard = host.call(() -> Guard.open(pins));
    maps = BpfObjects.open(pins, GuardMaps.ALL);
    guard.admit(port, PortPolicy.of(Frames.MAC, IpPrefix.parse("10.0.0.5")));
    guard.admit(otherPort, PortPolicy.of(Frames.MAC, IpPrefix.parse("10.0.0.5")));
  }

  @AfterEach
  void close() {
    maps.close();
    guard.close();
    host.close();
    pins.unmount();
  }

  private static byte[] frame(String source) {
    return Frames.own(
        Frames.IPV4, Frames.ipv4(source, "10.0.0.9", Frames.TCP, Frames.tcp(1, 2), new byte[160]));
  }

  private int send(int ifindex, byte[] frame, int times) {
    TestInput input = TestInput.of(frame).ifindex(ifindex).repeated(times);
    return host.call(() -> guard.program().testRun(input).verdict());
  }

  private <T> List<T> drain(Report report, Function<ByteBuffer, Optional<T>> codec) {
    List<T> read = new ArrayList<>();
    try (RingBuffer ring = RingBuffer.open(maps.map(report.ring()))) {
      ring.drain(record -> read.add(codec.apply(record).orElseThrow()));
    }
    return read;
  }

  private List<DropEvent> events() {
    return drain(Report.EVENT, ReportCodec::event);
  }

  private Map<String, Long> moved(int ifindex) {
    Map<String, Long> drops = guard.drops(ifindex);
    drops.values().removeIf(count -> count == 0);
    return drops;
  }

  private static long uptimeNanos() throws IOException {
    String seconds = Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0];
    return (long) (Double.parseDouble(seconds) * 1e9);
  }

  @Test
  void shouldTellOfADropWhenWhereWhyAndWhat() throws IOException {
    long before = uptimeNanos();
    assertThat(send(port, SPOOFED, 1)).isEqualTo(TcAction.SHOT);
    assertThat(send(port, HONEST, 1)).isEqualTo(TcAction.UNSPEC);
    byte[] shortOne = Arrays.copyOf(SPOOFED, 40);
    assertThat(send(otherPort, shortOne, 1)).isEqualTo(TcAction.SHOT);
    // The kernel writes the time since boot in hundredths.
    long after = uptimeNanos() + 20_000_000;

    List<DropEvent> events = events();

    assertThat(events).hasSize(2);
    DropEvent first = events.getFirst();
    assertThat(first.bootNanos()).isBetween(before, after);
    assertThat(first.ifindex()).isEqualTo(port);
    assertThat(first.direction()).isEqualTo(Direction.FROM_ZONE);
    assertThat(first.reason()).isEqualTo(DropReason.IPV4_SOURCE);
    assertThat(first.length()).isEqualTo(SPOOFED.length);
    assertThat(first.head()).isEqualTo(Arrays.copyOf(SPOOFED, Report.EVENT.mostBytes()));
    assertThat(first.suppressed()).isZero();
    assertThat(events.getLast().ifindex()).isEqualTo(otherPort);
    assertThat(events.getLast().head()).isEqualTo(shortOne);
    assertThat(events.getLast().length()).isEqualTo(40);
  }

  @Test
  void shouldTellOfAFewInAFloodAndCountAll() {
    assertThat(send(port, SPOOFED, MANY)).isEqualTo(TcAction.SHOT);

    List<DropEvent> events = events();

    assertThat(moved(port)).isEqualTo(Map.of("ipv4-source", (long) MANY));
    long suppressed = events.stream().mapToLong(DropEvent::suppressed).sum();
    assertThat(events.size() + suppressed + guard.unreported(port).drops()).isEqualTo(MANY);
    assertThat(guard.unreported(port).dropsWithoutRoom()).isZero();
    assertThat(events).hasSizeGreaterThanOrEqualTo(Report.EVENT.perWindow());
    // Less than the length of a window meets two of them at most.
    int two = 2 * Report.EVENT.perWindow();
    for (int i = two; i < events.size(); i++) {
      long span = events.get(i).bootNanos() - events.get(i - two).bootNanos();
      assertThat(span).isGreaterThanOrEqualTo(Report.WINDOW_NANOS);
    }
  }

  @Test
  void shouldHearOnePortWhileAnotherFloods() {
    send(port, SPOOFED, MANY);
    send(otherPort, SPOOFED, 1);
    send(port, SPOOFED, MANY);

    assertThat(events().stream().filter(event -> event.ifindex() == otherPort)).hasSize(1);
    assertThat(guard.unreported(otherPort)).isEqualTo(new Unreported(0, 0, 0, 0));
  }

  @Test
  void shouldTellAfterAFloodHowManyItLeftOut() {
    send(port, SPOOFED, MANY);
    long told = events().size();
    long before = guard.unreported(port).drops();
    assertThat(before).isPositive();
    // As if the window were over: time cannot be turned.
    newWindow(port);
    send(port, SPOOFED, 1);

    assertThat(events())
        .singleElement()
        .satisfies(event -> assertThat(event.suppressed()).isEqualTo(before));
    assertThat(guard.unreported(port).drops()).isZero();
    assertThat(told).isPositive();
  }

  private void newWindow(int ifindex) {
    BpfMap pace = maps.map(GuardMaps.PACE.name());
    byte[] value = pace.lookup(PolicyCodec.port(ifindex)).orElseThrow();
    for (Report report : Report.values()) {
      Arrays.fill(value, report.pace() + Report.Pace.START, report.pace() + 16, (byte) 0);
    }
    pace.update(PolicyCodec.port(ifindex), value);
  }

  @Test
  void shouldCountWhatAFullRingHadNoRoomFor() {
    long sent = 0;
    while (guard.unreported(port).dropsWithoutRoom() == 0) {
      newWindow(port);
      send(port, SPOOFED, Report.EVENT.perWindow());
      sent += Report.EVENT.perWindow();
      assertThat(sent).isLessThan(MANY);
    }

    long told = events().size();
    assertThat(moved(port)).isEqualTo(Map.of("ipv4-source", sent));
    assertThat(told + guard.unreported(port).drops()).isEqualTo(sent);
    long untold = sent - told;
    newWindow(port);
    send(port, SPOOFED, 1);
    assertThat(events())
        .singleElement()
        .satisfies(event -> assertThat(event.suppressed()).isEqualTo(untold));
  }

  private static final RuleModel NOTING =
      new RuleModel(List.of(when(eq(u8(14), 1), note(Topic.DHCPV6)), pass("all")));

  @Test
  void shouldHandAWholeFrameToALearner() {
    byte[] frame = new byte[2000];
    for (int i = 12; i < frame.length; i++) {
      frame[i] = (byte) (i * 7);
    }
    frame[14] = 1;
    byte[] small = Arrays.copyOf(frame, 60);
    guard.admit(LoadedModel.PORT, PortPolicy.of(Frames.MAC));
    try (LoadedModel model = new LoadedModel(maps, Direction.TO_ZONE, NOTING)) {
      assertThat(model.rehearse(Frame.of(frame))).isEmpty();
      assertThat(model.passes(Frame.of(frame))).isTrue();
      assertThat(model.passes(Frame.of(small))).isTrue();
      assertThat(model.passes(Frame.of(HONEST))).isTrue();
    }

    List<NotedFrame> notes = drain(Report.NOTE, ReportCodec::note);

    assertThat(notes).hasSize(2);
    assertThat(notes.getFirst().topic()).isEqualTo(Topic.DHCPV6);
    assertThat(notes.getFirst().direction()).isEqualTo(Direction.TO_ZONE);
    assertThat(notes.getFirst().bytes()).isEqualTo(Arrays.copyOf(frame, 1536));
    assertThat(notes.getLast().bytes()).isEqualTo(small);
    assertThat(events()).isEmpty();
  }

  @Test
  void shouldHandOnlyAFewFramesOfAFloodToALearner() {
    byte[] frame = new byte[60];
    frame[14] = 1;
    guard.admit(LoadedModel.PORT, PortPolicy.of(Frames.MAC));
    try (LoadedModel model = new LoadedModel(maps, Direction.TO_ZONE, NOTING)) {
      for (int i = 0; i < 1000; i++) {
        model.passes(Frame.of(frame));
      }
    }
    List<NotedFrame> notes = drain(Report.NOTE, ReportCodec::note);
    assertThat(notes).hasSizeGreaterThanOrEqualTo(Report.NOTE.perWindow());
    int two = 2 * Report.NOTE.perWindow();
    for (int i = two; i < notes.size(); i++) {
      long span = notes.get(i).bootNanos() - notes.get(i - two).bootNanos();
      assertThat(span).isGreaterThanOrEqualTo(Report.WINDOW_NANOS);
    }
  }

  @Test
  void shouldRehearseWithoutATrace() {
    send(port, SPOOFED, MANY);
    events();
    PinnedState state = PinnedState.of(pins);
    Map<String, Long> counted = moved(port);
    Unreported unreported = guard.unreported(port);

    Rehearsal spoofed = guard.rehearse(port, Direction.FROM_ZONE, SPOOFED);
    assertThat(spoofed.drop()).contains(DropReason.IPV4_SOURCE);
    assertThat(guard.rehearse(port, Direction.FROM_ZONE, HONEST).passes()).isTrue();
    assertThat(guard.rehearse(port, Direction.TO_ZONE, SPOOFED).passes()).isTrue();

    assertThat(moved(port)).isEqualTo(counted);
    assertThat(guard.unreported(port)).isEqualTo(unreported);
    assertThat(PinnedState.of(pins)).isEqualTo(state);
    assertThat(events()).isEmpty();
    assertThat(drain(Report.NOTE, ReportCodec::note)).isEmpty();
  }

  @Test
  void shouldRehearseAtPortsWithoutPolicyToo() {
    guard.forget(port);
    for (int ifindex : new int[] {port, 1, 1_000_000}) {
      assertThat(guard.rehearse(ifindex, Direction.FROM_ZONE, HONEST).drop())
          .contains(DropReason.NO_POLICY);
      assertThat(guard.rehearse(ifindex, Direction.TO_ZONE, HONEST).drop())
          .contains(DropReason.RX_NO_POLICY);
    }
    assertThat(moved(0)).isEmpty();
  }

  @Test
  void shouldSayWhichFramesItCannotRehearse() {
    assertThatThrownBy(() -> guard.rehearse(port, Direction.FROM_ZONE, Arrays.copyOf(HONEST, 30)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("frame of 30 bytes");
  }
}
