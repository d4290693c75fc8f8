package io.arbalest.overlay;

import static io.arbalest.overlay.TestHost.ip;
import static io.arbalest.overlay.TestHost.mac;
import static io.arbalest.overlay.TestHost.vtep;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.overlay.OverlayCounters.Snapshot;
import io.arbalest.overlay.path.ForwardingTable;
import io.arbalest.testing.Privileged;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Datagrams that an overlay must refuse: each moves its one counter, and no other. */
@Privileged
@Timeout(30)
class OverlayHostileKernelTest {
  private static final int TIMES = 3;
  private static final int FRAME = 60;

  private TestHost alpha;
  private TestHost wire;

  @BeforeEach
  void join() throws IOException {
    alpha = new TestHost();
    wire = new TestHost();
    TestHost.join(alpha, wire);
    wire.underlay("192.0.2.2/24", "192.0.2.9/24");
    alpha.underlay("192.0.2.1/24").silentUplink(1);
    ForwardingTable table =
        ForwardingTable.at(vtep("192.0.2.1"))
            .place(mac(1).toLong(), vtep("192.0.2.1"))
            .place(mac(2).toLong(), vtep("192.0.2.2"))
            .place(mac(3).toLong(), vtep("192.0.2.3"))
            .build();
    alpha.overlay("192.0.2.1", table);
  }

  @AfterEach
  void leave() {
    alpha.close();
    wire.close();
  }

  @Test
  void shouldDeliverAGoodFrame() throws Exception {
    send("192.0.2.2", datagram(0x0800_0000, TestHost.VNI << 8, 2));
    assertMoved(
        Map.of(
            FrameCount.IN_FRAMES, (long) TIMES,
            FrameCount.IN_DELIVERED, (long) TIMES,
            FrameCount.IN_WRITES, (long) TIMES,
            FrameCount.IN_BYTES, (long) TIMES * FRAME),
        Map.of());
    assertListenerMoved(Map.of());
  }

  @Test
  void shouldRefuseAnOuterSourceThatIsNoVtep() throws Exception {
    send("192.0.2.9", datagram(0x0800_0000, TestHost.VNI << 8, 2));
    assertDropped(DropReason.WRONG_OUTER_SOURCE);
  }

  @Test
  void shouldRefuseAnInnerSourceThatIsPlacedElsewhere() throws Exception {
    send("192.0.2.2", datagram(0x0800_0000, TestHost.VNI << 8, 3));
    assertDropped(DropReason.WRONG_INNER_SOURCE);
  }

  @Test
  void shouldRefuseReservedBits() throws Exception {
    send("192.0.2.2", datagram(0x0800_0000, TestHost.VNI << 8 | 1, 2));
    assertDropped(DropReason.RESERVED_BITS);
  }

  @Test
  void shouldRefuseAnUnknownVni() throws Exception {
    send("192.0.2.2", datagram(0x0800_0000, (TestHost.VNI + 1) << 8, 2));
    assertListenerMoved(Map.of(DropReason.UNKNOWN_VNI, (long) TIMES));
  }

  @Test
  void shouldRefuseAClearFlag() throws Exception {
    send("192.0.2.2", datagram(0, TestHost.VNI << 8, 2));
    assertListenerMoved(Map.of(DropReason.NO_VNI, (long) TIMES));
  }

  @Test
  void shouldRefuseRunts() throws Exception {
    send("192.0.2.2", new byte[0]);
    send("192.0.2.2", new byte[7]);
    send("192.0.2.2", java.util.Arrays.copyOf(datagram(0x0800_0000, TestHost.VNI << 8, 2), 21));
    assertListenerMoved(Map.of(DropReason.RUNT, 3L * TIMES));
  }

  private static byte[] datagram(int flags, int network, int source) {
    ByteBuffer out = ByteBuffer.allocate(VxlanCodec.LENGTH + FRAME).putInt(flags).putInt(network);
    return out.put(mac(1).toBytes()).put(mac(source).toBytes()).putShort((short) 0x88b5).array();
  }

  private void send(String from, byte[] payload) throws IOException {
    wire.namespace()
        .call(
            () -> {
              try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(ip(from), 0))) {
                for (int i = 0; i < TIMES; i++) {
                  socket.send(
                      new DatagramPacket(
                          payload, payload.length, ip("192.0.2.1"), Vtep.DEFAULT_PORT));
                }
                return true;
              }
            });
  }

  private void assertDropped(DropReason reason) throws InterruptedException {
    assertMoved(Map.of(FrameCount.IN_FRAMES, (long) TIMES), Map.of(reason, (long) TIMES));
    assertListenerMoved(Map.of());
  }

  private void assertMoved(Map<FrameCount, Long> counts, Map<DropReason, Long> drops)
      throws InterruptedException {
    assertSnapshot(alpha.port().counters(), expected(counts, drops));
  }

  private void assertListenerMoved(Map<DropReason, Long> drops) throws InterruptedException {
    long frames = drops.values().stream().mapToLong(Long::longValue).sum();
    Map<FrameCount, Long> counts = frames == 0 ? Map.of() : Map.of(FrameCount.IN_FRAMES, frames);
    assertSnapshot(alpha.port().listenerCounters(), expected(counts, drops));
    if (frames > 0) {
      assertSnapshot(alpha.port().counters(), expected(Map.of(), Map.of()));
    }
  }

  private static void assertSnapshot(OverlayCounters counters, Snapshot expected)
      throws InterruptedException {
    for (int i = 0; i < 200 && !counters.snapshot().equals(expected); i++) {
      Thread.sleep(5);
    }
    assertThat(counters.snapshot()).isEqualTo(expected);
    assertThat(expected.isBalanced()).isTrue();
  }

  private static Snapshot expected(Map<FrameCount, Long> counts, Map<DropReason, Long> drops) {
    Map<FrameCount, Long> allCounts = new EnumMap<>(FrameCount.class);
    for (FrameCount count : FrameCount.values()) {
      allCounts.put(count, counts.getOrDefault(count, 0L));
    }
    Map<DropReason, Long> allDrops = new EnumMap<>(DropReason.class);
    for (DropReason reason : DropReason.values()) {
      allDrops.put(reason, drops.getOrDefault(reason, 0L));
    }
    return new Snapshot(allCounts, allDrops);
  }
}
