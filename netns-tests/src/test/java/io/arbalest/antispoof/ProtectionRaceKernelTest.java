package io.arbalest.antispoof;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.testing.Privileged;
import io.arbalest.vnic.MacAssignment;
import io.arbalest.vnic.ProtectionSpec;
import io.arbalest.vnic.Switchboard;
import io.arbalest.vnic.VnicKey;
import io.arbalest.vnic.VnicSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A zone floods its neighbour with lies while its VNIC is made, changed, removed and made again by
 * processes that are killed. {@code -Darbalest.cycles=1000} is the long form.
 */
@Privileged
class ProtectionRaceKernelTest {
  private static final int CYCLES = Integer.getInteger("arbalest.cycles", 30);
  private static final int SWAPS = Math.min(10 * CYCLES, 2000);
  private static final VnicKey WEB = VnicKey.parse("web/net0");

  /** Of each of two floods; together well over 20,000 frames a second. */
  private static final int RATE = 25_000;

  private static final MacAddress SECOND_MAC = MacAddress.parse("2:8:20:11:22:44");

  @TempDir private Path directory;
  private NetworkNamespace home;
  private NetworkNamespace web;
  private NetworkNamespace evil;
  private Bpffs pins;

  @BeforeEach
  void makeSwitch() {
    home = NetworkNamespace.create();
    web = QuietZone.create();
    evil = QuietZone.create();
    pins = Bpffs.mount(directory.resolve("bpf"));
    with(
        (guard, board) -> {
          board.addSwitch(RaceDaemon.STUB, 1500);
          MacAssignment mac = MacAssignment.fixed(Frames.OTHER_MAC);
          VnicSpec spec =
              new VnicSpec(WEB, RaceDaemon.STUB, mac, OptionalInt.empty(), ProtectionSpec.NONE);
          board.addPort(spec, web);
        });
  }

  @AfterEach
  void removeSwitch() {
    with((guard, board) -> board.removePorts(board.ports().keySet()));
    List.of(home, web, evil).forEach(NetworkNamespace::close);
    pins.unmount();
  }

  private interface Task {
    void run(Guard guard, Switchboard board) throws InterruptedException;
  }

  private void with(Task task) {
    try (Guard guard = Guard.open(pins);
        Switchboard board = home.call(() -> Switchboard.open(RaceDaemon.INSTANCE, pins, guard))) {
      task.run(guard, board);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private ArrivalCounter counter(ArrivalCounter.Sender... honest) {
    return new ArrivalCounter(web, "net0", List.of(honest));
  }

  private List<SpoofFlood> flood(List<byte[]> frames) {
    List<SpoofFlood> floods = new ArrayList<>();
    for (SpoofFlood.Way way : SpoofFlood.Way.values()) {
      floods.add(new SpoofFlood(evil, "net0", way, RATE, frames));
    }
    return floods;
  }

  private static void stop(List<SpoofFlood> floods) throws InterruptedException {
    for (SpoofFlood flood : floods) {
      flood.close();
    }
  }

  private static long taken(List<SpoofFlood> floods) {
    return floods.stream().mapToLong(SpoofFlood::taken).sum();
  }

  /** The control: the same frames arrive, all of them and as fast, where nothing is protected. */
  @Test
  void shouldArriveWhileProtectionIsOff() {
    with(
        (guard, board) -> {
          board.addPort(RaceDaemon.evil(ProtectionSpec.NONE), evil);
          try (ArrivalCounter arrivals = counter()) {
            long start = System.nanoTime();
            List<SpoofFlood> floods = flood(SpoofKinds.untagged());
            Thread.sleep(1000);
            stop(floods);
            double seconds = (System.nanoTime() - start) / 1e9;
            long sent = taken(floods);
            System.out.printf(
                "protection off: %d of %d foreign frames at the victim, %.0f a second%n",
                arrivals.foreign(), sent, arrivals.foreign() / seconds);
            assertThat(arrivals.foreign()).isEqualTo(sent).isPositive();
          }
        });
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void shouldLetNothingForeignOutThroughCreateSwapKillAndDelete()
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(CYCLES);
    List<byte[]> frames = new ArrayList<>(SpoofKinds.all());
    frames.add(SpoofKinds.honest(Frames.MAC, RaceDaemon.FIRST));
    frames.add(SpoofKinds.honest(Frames.MAC, RaceDaemon.SECOND));
    try (ArrivalCounter arrivals =
        counter(
            new ArrivalCounter.Sender(Frames.MAC, RaceDaemon.FIRST),
            new ArrivalCounter.Sender(Frames.MAC, RaceDaemon.SECOND))) {
      long start = System.nanoTime();
      List<SpoofFlood> floods = flood(frames);
      RaceDaemon next = startDaemon();
      try {
        for (int cycle = 0; cycle < CYCLES; cycle++) {
          long before = arrivals.honest(0);
          try (RaceDaemon daemon = next.go()) {
            next = startDaemon();
            daemon.awaitTurn();
            Thread.sleep(random.nextInt(60));
          }
          assertThat(arrivals.foreign()).as("foreign frames after cycle %d", cycle).isZero();
          assertThat(arrivals.honest(0)).as("honest ones in cycle %d", cycle).isGreaterThan(before);
        }
      } finally {
        next.close();
        stop(floods);
      }
      report(floods, arrivals, (System.nanoTime() - start) / 1e9);
      assertThat(arrivals.honest(1)).as("honest frames under the other policy").isPositive();
      assertThat(arrivals.foreign()).isZero();
    }
  }

  private RaceDaemon startDaemon() throws IOException {
    return RaceDaemon.start(pins.directory(), home, evil);
  }

  private static void report(List<SpoofFlood> floods, ArrivalCounter arrivals, double seconds) {
    long refused = floods.stream().mapToLong(SpoofFlood::refused).sum();
    System.out.printf(
        "%d cycles in %.0f s: %d frames taken by the link (%.0f a second), %d tried while it was"
            + " not there, %d foreign and %d honest at the victim%n",
        CYCLES,
        seconds,
        taken(floods),
        taken(floods) / seconds,
        refused,
        arrivals.foreign(),
        arrivals.honest(0) + arrivals.honest(1));
  }

  /** Between a policy and another there is nothing: frames that pass only a mixture of both. */
  @Test
  void shouldNeverMixTwoPolicies() {
    PortPolicy first = PortPolicy.of(Frames.MAC, IpPrefix.parse(RaceDaemon.FIRST));
    PortPolicy second = PortPolicy.of(SECOND_MAC, IpPrefix.parse(RaceDaemon.SECOND));
    List<byte[]> frames =
        List.of(
            SpoofKinds.honest(Frames.MAC, RaceDaemon.FIRST),
            SpoofKinds.honest(Frames.MAC, RaceDaemon.SECOND),
            SpoofKinds.honest(SECOND_MAC, RaceDaemon.SECOND),
            SpoofKinds.honest(SECOND_MAC, RaceDaemon.FIRST),
            SpoofKinds.honest(Frames.MAC, "10.0.0.66"),
            Frames.ethernet(SECOND_MAC, 0x88b5, new byte[46]));
    with(
        (guard, board) -> {
          int port = board.addPort(RaceDaemon.evil(RaceDaemon.FIRST), evil).ifindex();
          try (ArrivalCounter arrivals =
              counter(
                  new ArrivalCounter.Sender(Frames.MAC, RaceDaemon.FIRST),
                  new ArrivalCounter.Sender(SECOND_MAC, RaceDaemon.SECOND))) {
            List<SpoofFlood> floods = flood(frames);
            for (int swap = 0; swap < SWAPS; swap++) {
              guard.admit(port, swap % 2 == 0 ? second : first);
            }
            stop(floods);
            System.out.printf(
                "%d swaps under %d frames: %d of the first policy, %d of the second, %d of"
                    + " neither%n",
                SWAPS, taken(floods), arrivals.honest(0), arrivals.honest(1), arrivals.foreign());
            assertThat(arrivals.honest(0)).isPositive();
            assertThat(arrivals.honest(1)).isPositive();
            assertThat(arrivals.foreign()).isZero();
            assertThat(requireNonNull(board.ports().get(RaceDaemon.EVIL)).ifindex())
                .isEqualTo(port);
          }
        });
  }
}
