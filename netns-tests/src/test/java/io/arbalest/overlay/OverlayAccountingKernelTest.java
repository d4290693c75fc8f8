package io.arbalest.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.net.IpPrefix;
import io.arbalest.overlay.link.Overlay;
import io.arbalest.overlay.link.OverlayStatistics;
import io.arbalest.overlay.link.Overlays;
import io.arbalest.overlay.link.StartMode;
import io.arbalest.testing.Privileged;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sent = delivered + the sum of the reasons, exactly, whatever is sent. */
@Privileged
final class OverlayAccountingKernelTest {
  private static final long SEED = 20_261_123;
  private static final int DATAGRAMS = 20_000;
  private static final int FRAMES = 4_000;
  private static final String TABLE =
      """
      {"2:8:20:0:0:a": {"ip": "192.0.2.1", "port": 4789, "arp": "10.42.0.10", "ndp": "fd42::10"},
       "2:8:20:0:0:14": {"ip": "192.0.2.2", "port": 4789, "arp": "10.42.0.20", "ndp": "fd42::20"},
       "2:8:20:0:0:15": {"ip": "192.0.2.3", "port": 4789}}
      """;

  @TempDir Path folder;
  private OverlayHost host;
  private Overlays overlays;
  private Overlay blue;

  @BeforeEach
  void makeOverlay() throws IOException {
    host = new OverlayHost(1500);
    int wire = host.kernelThere.links().get("wire1").index();
    host.kernelThere.addresses().add(wire, IpPrefix.parse("192.0.2.3/24"));
    host.kernelThere.addresses().add(wire, IpPrefix.parse("192.0.2.9/24"));
    overlays = host.overlays();
    Path config = Files.writeString(folder.resolve("blue.json"), TABLE);
    blue = overlays.create(OverlayHost.files(config.toString()), StartMode.STRICT);
    blue.setUp();
  }

  @AfterEach
  void close() {
    overlays.delete(OverlayHost.BLUE);
    overlays.close();
    host.close();
  }

  private DatagramSocket there(String ip, int port) throws IOException {
    InetSocketAddress local = new InetSocketAddress(IpLiteral.parse(ip), port);
    return host.there.<DatagramSocket, IOException>call(() -> new DatagramSocket(local));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
  }

  private long received() {
    OverlayStatistics now = blue.statistics();
    return now.overlay().get(FrameCount.IN_FRAMES) + now.listener().get(FrameCount.IN_FRAMES);
  }

  @Test
  void shouldCountEachHostileDatagramByItsOneReason() throws Exception {
    Random random = new Random(SEED);
    Map<DropReason, Long> expected = new EnumMap<>(DropReason.class);
    long good = 0;
    try (DatagramSocket peer = there("192.0.2.2", 0);
        DatagramSocket stranger = there("192.0.2.9", 0)) {
      for (int sent = 1; sent <= DATAGRAMS; sent++) {
        byte[] datagram = datagram(random);
        boolean fromPeer = random.nextInt(4) != 0;
        DropReason reason = DatagramModel.reason(datagram, fromPeer);
        if (reason == null) {
          good++;
        } else {
          expected.merge(reason, 1L, Long::sum);
        }
        InetSocketAddress to = new InetSocketAddress(IpLiteral.parse("192.0.2.1"), 4789);
        (fromPeer ? peer : stranger).send(new DatagramPacket(datagram, datagram.length, to));
        int soFar = sent;
        if (sent % 200 == 0) {
          await(() -> received() == soFar);
        }
      }
      await(() -> received() == DATAGRAMS);
    }
    OverlayStatistics end = blue.statistics();
    assertThat(received()).isEqualTo(DATAGRAMS);
    assertThat(end.overlay().get(FrameCount.IN_DELIVERED)).isEqualTo(good).isPositive();
    for (DropReason reason : DropReason.values()) {
      if (reason.direction() == DropReason.Direction.IN) {
        assertThat(end.overlay().get(reason) + end.listener().get(reason))
            .as(reason.label())
            .isEqualTo(expected.getOrDefault(reason, 0L));
      }
    }
    assertThat(expected.keySet()).hasSizeGreaterThan(5);
    assertThat(end.overlay().isBalanced()).isTrue();
    assertThat(end.listener().isBalanced()).isTrue();
  }

  /** Mostly right, with one thing wrong here and there. */
  private static byte[] datagram(Random random) {
    int length = random.nextInt(5) == 0 ? random.nextInt(40) : 22 + random.nextInt(1400);
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    ByteBuffer out = ByteBuffer.wrap(octets);
    if (length >= 8) {
      out.putInt(0, random.nextInt(8) == 0 ? random.nextInt() : 0x0800_0000);
      int vni = random.nextInt(8) == 0 ? random.nextInt(1 << 24) : 42;
      out.putInt(4, vni << 8 | (random.nextInt(8) == 0 ? random.nextInt(256) : 0));
    }
    if (length >= 20) {
      long source =
          switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> random.nextLong() & 0xffff_ffff_ffffL;
            case 2 -> 0x0208_2000_000aL;
            case 3 -> 0x0208_2000_0015L;
            default -> 0x0208_2000_0014L;
          };
      out.putShort(14, (short) (source >>> 32)).putInt(16, (int) source);
    }
    return octets;
  }

  @Test
  void shouldAccountForEveryFrameOfAHostileZone() throws Exception {
    HostileFrames hostile = new HostileFrames(SEED);
    Path ipv6 = Path.of("/proc/sys/net/ipv6/conf/blue0/disable_ipv6");
    assertThat(host.here.call(() -> Files.readString(ipv6)).strip()).isEqualTo("1");
    int accepted = 0;
    long arrived = 0;
    try (DatagramSocket peer = there("0.0.0.0", 4789);
        ZoneFrames zone = new ZoneFrames(host.here.call(ZoneFrames::socket), blue.ifindex())) {
      peer.setReceiveBufferSize(8 << 20);
      peer.setSoTimeout(5);
      for (int i = 0; i < FRAMES; i++) {
        accepted += zone.send(hostile.next()) ? 1 : 0;
        if (i % 20 == 19) {
          arrived += drain(peer, arrived);
        }
      }
      arrived += drain(peer, arrived);
    }
    OverlayCounters.Snapshot end = blue.statistics().overlay();
    assertThat(accepted).isGreaterThan(FRAMES / 10);
    assertThat(end.isBalanced()).as("%s", end).isTrue();
    assertThat(end.get(FrameCount.OUT_SENT)).isEqualTo(arrived).isPositive();
    assertThat(end.get(FrameCount.OUT_FRAMES)).isGreaterThanOrEqualTo(accepted);
    assertThat(end.get(DropReason.UNKNOWN_DESTINATION)).isPositive();
    assertThat(end.get(DropReason.LOCAL_DESTINATION)).isPositive();
    assertThat(end.get(DropReason.BAD_NEIGHBOUR_MESSAGE)).isPositive();
    assertThat(end.get(DropReason.TOO_LONG)).isPositive();
  }

  /** Receives all that was sent so far; returns how many datagrams these are. */
  private long drain(DatagramSocket peer, long before) throws IOException, InterruptedException {
    byte[] buffer = new byte[1 << 16];
    long received = 0;
    for (int idle = 0; idle < 200; ) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        peer.receive(packet);
        assertThat(ByteBuffer.wrap(buffer).getLong()).isEqualTo(0x0800_0000_0000_2a00L);
        assertThat(packet.getLength()).isLessThanOrEqualTo(1500 - 28);
        received++;
        idle = 0;
      } catch (SocketTimeoutException e) {
        idle++;
        if (isQuiet() && before + received == sent()) {
          break;
        }
      }
    }
    return received;
  }

  private long sent() {
    return blue.statistics().overlay().get(FrameCount.OUT_SENT);
  }

  /** Whether the loop has read all that the TAP holds: nothing moved for a moment. */
  private boolean isQuiet() throws InterruptedException {
    OverlayCounters.Snapshot one = blue.statistics().overlay();
    Thread.sleep(1);
    return one.isBalanced() && one.equals(blue.statistics().overlay());
  }
}
