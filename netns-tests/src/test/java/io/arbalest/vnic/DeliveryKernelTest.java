package io.arbalest.vnic;

import static io.arbalest.vnic.SwitchHost.ipv4;
import static io.arbalest.vnic.SwitchHost.ipv6;
import static io.arbalest.vnic.SwitchHost.mac;
import static io.arbalest.vnic.SwitchHost.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.MacAddress;
import io.arbalest.linux.rtnetlink.Rtnetlink;
import io.arbalest.testing.Privileged;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which frames go past the guard's reception; it is deaf, so that those do not arrive. */
@Privileged
class DeliveryKernelTest {
  private static final Protocols TO_DB = new Protocols(mac(2), mac(1));

  @TempDir private Path directory;
  private SwitchHost host;

  @AfterEach
  void stop() {
    host.close();
  }

  @BeforeEach
  void start() throws IOException {
    open(OpenGuard.deaf());
  }

  private void open(OpenGuard guard) throws IOException {
    host = new SwitchHost(directory, guard);
    host.addQuiet("web", 1);
    host.addQuiet("db", 2);
  }

  private void deliver(Delivery delivery) {
    host.guard.deliver("db/net0", delivery);
    assertThat(host.board().adopt(spec("db/net0", 2))).isTrue();
  }

  private static Predicate<byte[]> is(byte[] frame) {
    return heard -> Arrays.equals(heard, 0, frame.length, frame, 0, frame.length);
  }

  /** What of these frames from web the zone of db hears. */
  private Map<String, Integer> heard(Map<String, byte[]> frames) {
    Map<String, Integer> heard = new TreeMap<>();
    try (RawLink sender = new RawLink(host.zone("web"))) {
      frames.forEach((name, frame) -> heard.put(name, send(sender, frame)));
    }
    return heard;
  }

  private int send(RawLink sender, byte[] frame) {
    try (RawLink receiver = new RawLink(host.zone("db"));
        Rtnetlink inside = Rtnetlink.open(host.zone("web"))) {
      assertThat(sender.send(inside.links().get("net0").index(), frame)).isTrue();
      return receiver.count(is(frame));
    }
  }

  private static Map<String, Integer> all(Map<String, byte[]> frames, int times) {
    Map<String, Integer> all = new TreeMap<>();
    frames.keySet().forEach(name -> all.put(name, times));
    return all;
  }

  private Map<String, Long> counted(Map<String, byte[]> frames) {
    Map<String, Long> before = host.stats("db/net0").drops();
    heard(frames);
    Map<String, Long> moved = new TreeMap<>(host.stats("db/net0").drops());
    moved.replaceAll((reason, count) -> count - before.getOrDefault(reason, 0L));
    moved.values().removeIf(count -> count == 0);
    return moved;
  }

  @Test
  void shouldHandEverythingOverDirectlyByDefault() {
    assertThat(heard(TO_DB.control())).isEqualTo(all(TO_DB.control(), 1));
    assertThat(heard(TO_DB.other())).isEqualTo(all(TO_DB.other(), 1));
  }

  @Test
  void shouldShowTheGuardOnlyWhatMayBeControl() {
    deliver(Delivery.CONTROL_BY_PORT);
    assertThat(heard(TO_DB.control())).isEqualTo(all(TO_DB.control(), 0));
    assertThat(heard(TO_DB.other())).isEqualTo(all(TO_DB.other(), 1));
    Map<String, byte[]> control = TO_DB.control();
    assertThat(counted(control)).isEqualTo(Map.of("rx-deaf", (long) control.size()));
    assertThat(counted(TO_DB.other())).isEmpty();
  }

  @Test
  void shouldShowTheGuardEverything() {
    deliver(Delivery.BY_PORT);
    assertThat(heard(TO_DB.control())).isEqualTo(all(TO_DB.control(), 0));
    assertThat(heard(TO_DB.other())).isEqualTo(all(TO_DB.other(), 0));
  }

  /** The group copy is dropped by the guard, not by the switch: one counter moves, and only one. */
  @Test
  void shouldShowTheGuardGroupFramesAlways() {
    Map<String, byte[]> group = new Protocols(MacAddress.BROADCAST, mac(1)).other();
    assertThat(heard(group)).isEqualTo(all(group, 0));
    assertThat(counted(group)).isEqualTo(Map.of("rx-deaf", (long) group.size()));
  }

  @Test
  void shouldAccountForWhatTheGuardDropped() {
    deliver(Delivery.BY_PORT);
    LinkStats before = host.stats("db/net0");
    long sent = host.stats("web/net0").out().packets();
    Map<String, byte[]> frames = TO_DB.control();
    heard(frames);
    LinkStats after = host.stats("db/net0");
    assertThat(host.stats("web/net0").out().packets() - sent).isEqualTo(frames.size());
    assertThat(after.in().packets()).isEqualTo(before.in().packets());
    assertThat(after.in().errors() - before.in().errors()).isEqualTo(frames.size());
    assertThat(after.out()).isEqualTo(before.out());
  }

  @Test
  void shouldCountWhatAZoneEndThatIsDownDoesNotTake() throws IOException {
    host.close();
    open(new OpenGuard());
    deliver(Delivery.BY_PORT);
    try (Rtnetlink inside = Rtnetlink.open(host.zone("db"))) {
      inside.links().setDown(inside.links().get("net0").index());
    }
    LinkStats before = host.stats("db/net0");
    Map<String, byte[]> frames = TO_DB.other();
    assertThat(counted(frames)).isEqualTo(Map.of("not-received", (long) frames.size()));
    LinkStats after = host.stats("db/net0");
    assertThat(after.in().packets()).isEqualTo(before.in().packets());
    assertThat(after.in().errors() - before.in().errors()).isEqualTo(frames.size());
  }

  /** Offloaded checksums and super-frames are as good by the port as they are directly. */
  @Test
  void shouldCarryTrafficByThePort() throws Exception {
    host.close();
    host = new SwitchHost(directory);
    host.add("web", 1);
    host.add("db", 2);
    for (Delivery delivery : Delivery.values()) {
      deliver(delivery);
      assertThat(host.pings("web", ipv4(2))).as("ping, %s", delivery).isTrue();
      assertThat(host.pings("db", ipv6(1))).as("ping over IPv6, %s", delivery).isTrue();
      assertThat(TcpCopy.between(host.zone("web"), host.zone("db"), ipv4(2))).isTrue();
      assertThat(TcpCopy.between(host.zone("web"), host.zone("db"), ipv6(2))).isTrue();
    }
    LinkStats db = host.stats("db/net0");
    assertThat(db.in().errors()).isZero();
    assertThat(db.in().bytes() / db.in().packets()).as("super-frames").isGreaterThan(1500);
  }

  @Test
  void shouldChangeTheDeliveryOfALivePortInOneStep() {
    for (Delivery delivery : Delivery.values()) {
      deliver(delivery);
      assertThat(heard(TO_DB.other())).containsEntry("TCP", delivery == Delivery.BY_PORT ? 0 : 1);
      assertThat(heard(TO_DB.control()))
          .containsEntry("DHCP to a client", delivery == Delivery.DIRECT ? 1 : 0);
    }
  }
}
