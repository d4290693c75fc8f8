package io.arbalest.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.linux.tap.Tap;
import io.arbalest.overlay.link.Overlay;
import io.arbalest.overlay.link.Overlays;
import io.arbalest.overlay.link.StartMode;
import io.arbalest.overlay.path.Forwarding;
import io.arbalest.overlay.path.ForwardingTable;
import io.arbalest.overlay.path.OverlayLoop;
import io.arbalest.overlay.path.OverlayPort;
import io.arbalest.overlay.path.PortSpec;
import io.arbalest.overlay.path.SlowPath;
import io.arbalest.testing.Privileged;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the kernel drops before the packet loop can look at it is counted all the same. */
@Privileged
final class KernelDropsKernelTest {
  private static final int DATAGRAMS = 40_000;
  private static final int FRAMES = 400;

  private OverlayHost host;

  @BeforeEach
  void makeHost() {
    host = new OverlayHost(1500);
  }

  @AfterEach
  void closeHost() {
    host.close();
  }

  @Test
  void shouldCountWhatAFullSocketLost() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    SlowPath blocking = frame -> block(asked, goOn);
    try (Tap tap = host.here.call(() -> Tap.create("up0"));
        OverlayLoop loop = OverlayLoop.start()) {
      tap.enableOffloads();
      int index = host.kernel.links().get("up0").index();
      host.kernel.links().setUp(index);
      Vtep own = OverlayHost.vtep("192.0.2.1");
      ForwardingTable table =
          ForwardingTable.at(own).everythingElseAt(OverlayHost.vtep("192.0.2.2")).build();
      PortSpec spec = PortSpec.of(new Vni(42), own.address(), 1450);
      OverlayPort port =
          host.here.call(() -> loop.open(spec, tap.fd(), new Forwarding(table, blocking)));
      try {
        broadcast(index, 1);
        asked.await();
        flood();
      } finally {
        goOn.countDown();
      }
      awaitFrames(port, DATAGRAMS);

      OverlayCounters.Snapshot listener = port.listenerSnapshot();
      assertThat(listener.get(DropReason.SOCKET_FULL)).isPositive();
      assertThat(received(port)).isEqualTo(DATAGRAMS);
      assertThat(listener.isBalanced()).isTrue();
      assertThat(port.counters().get(FrameCount.IN_DELIVERED))
          .isEqualTo(DATAGRAMS - listener.get(DropReason.SOCKET_FULL));
    }
  }

  private static SlowPath.Verdict block(CountDownLatch asked, CountDownLatch goOn) {
    asked.countDown();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return SlowPath.Verdict.DROP;
  }

  private void flood() throws IOException {
    byte[] datagram = new byte[1000];
    ByteBuffer out = ByteBuffer.wrap(datagram).putInt(0x0800_0000).putInt(42 << 8);
    out.put(HostileFrames.WEB.toBytes()).put(HostileFrames.DB.toBytes());
    InetSocketAddress from = new InetSocketAddress(IpLiteral.parse("192.0.2.2"), 0);
    InetSocketAddress to = new InetSocketAddress(IpLiteral.parse("192.0.2.1"), 4789);
    try (DatagramSocket socket =
        host.there.<DatagramSocket, IOException>call(() -> new DatagramSocket(from))) {
      for (int i = 0; i < DATAGRAMS; i++) {
        socket.send(new DatagramPacket(datagram, datagram.length, to));
      }
    }
  }

  private static long received(OverlayPort port) {
    return port.counters().get(FrameCount.IN_FRAMES)
        + port.listenerSnapshot().get(FrameCount.IN_FRAMES);
  }

  private static void awaitFrames(OverlayPort port, long frames) throws InterruptedException {
    for (int i = 0; i < 2000 && received(port) < frames; i++) {
      Thread.sleep(5);
    }
  }

  private void broadcast(int ifindex, int times) {
    byte[] octets = new byte[10 + 60];
    Arrays.fill(octets, 10, 16, (byte) 0xff);
    System.arraycopy(HostileFrames.WEB.toBytes(), 0, octets, 16, 6);
    octets[22] = (byte) 0x88;
    octets[23] = (byte) 0xb5;
    try (ZoneFrames zone = new ZoneFrames(host.here.call(ZoneFrames::socket), ifindex)) {
      for (int i = 0; i < times; i++) {
        assertThat(zone.send(octets)).isTrue();
      }
    }
  }

  @Test
  void shouldCountWhatTheTapLostWhileNobodyReadIt() {
    int index;
    try (Overlays overlays = host.overlays()) {
      Overlay blue = overlays.create(OverlayHost.direct(), StartMode.STRICT);
      blue.setUp();
      index = blue.ifindex();
    }
    try (Tap held = host.here.call(() -> Tap.attach("blue0"))) {
      assertThat(held.name()).isEqualTo("blue0");
      broadcast(index, FRAMES);
    }
    try (Overlays overlays = host.overlays()) {
      Overlay blue = overlays.create(OverlayHost.direct(), StartMode.HOLD);

      assertThat(blue.statistics().byName().getOrDefault("drop/queue-full", 0L))
          .isGreaterThanOrEqualTo(FRAMES - 256);
      assertThat(blue.statistics().overlay().isBalanced()).isTrue();
      overlays.delete(OverlayHost.BLUE);
    }
  }
}
