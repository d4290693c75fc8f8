package io.arbalest.overlay.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.overlay.FrameCount;
import io.arbalest.overlay.OverlayCounters;
import io.arbalest.overlay.Vni;
import io.arbalest.overlay.Vtep;
import io.arbalest.overlay.VxlanCodec;
import io.arbalest.overlay.VxlanHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmenterTest {
  private final Arena arena = Arena.ofAuto();
  private final OverlayCounters counters = new OverlayCounters();
  private final MemorySegment room = arena.allocate(70_000);
  private final SentDatagrams sent = new SentDatagrams();
  private final Segmenter segmenter = new Segmenter(arena);
  private final Batch batch = new Batch(arena, sent, counters);
  private final Peer peer =
      new Peer(
          arena,
          Vtep.of(InetAddress.getLoopbackAddress(), 4789),
          new Way(UdpOptions.AF_INET, true));

  @Test
  void shouldAgreeWithThePlainModel() {
    Random random = new Random(1450);
    for (int i = 0; i < 500; i++) {
      TestFlow flow = TestFlow.random(random);
      flow.flags = Tcp.ACK | (random.nextInt(0x100) & (Tcp.PSH | Tcp.FIN | Tcp.CWR));
      byte[] payload = new byte[1 + random.nextInt(random.nextInt(20) == 0 ? 60_000 : 3000)];
      random.nextBytes(payload);
      int size = 1 + payload.length / 1000 + random.nextInt(1400);
      byte[] superFrame = flow.superFrame(payload, size);
      sent.datagrams.clear();
      assertThat(segment(superFrame)).isEqualTo(Math.ceilDiv(payload.length, size));
      assertThat(sent.frames()).containsExactlyElementsOf(SlowSegmentation.cut(superFrame));
    }
  }

  @Test
  void shouldPutTheHeaderOfTheOverlayBeforeEachFrame() {
    segment(TestFlow.tcp4().superFrame(new byte[5000], 1398));
    assertThat(sent.datagrams)
        .hasSize(4)
        .allSatisfy(d -> assertThat(VxlanCodec.decode(d)).contains(new VxlanHeader(new Vni(77))));
  }

  @Test
  void shouldSendASuperFrameOfTheRecommendedSizeAtOnce() {
    segment(TestFlow.tcp4().superFrame(new byte[44 * 1386], 1386));
    assertThat(sent.sizesOfSends).containsExactly(44);
    assertThat(counters.get(FrameCount.OUT_SENDS)).isEqualTo(1);
  }

  @Test
  void shouldKeepToTheLimitsOfOneSend() {
    segment(TestFlow.udp4().superFrame(new byte[65_000], 100));
    assertThat(sent.sizesOfSends).allMatch(n -> n <= UdpOptions.MAX_SEGMENTS);
    sent.sizesOfSends.clear();
    sent.datagrams.clear();
    segment(TestFlow.tcp4().superFrame(new byte[65_000], 8900));
    assertThat(sent.sizesOfSends).containsExactly(7, 1);
  }

  @Test
  void shouldRefuseHeadersThatContradictTheFrame() {
    byte[] good = TestFlow.tcp4().superFrame(new byte[3000], 1000);
    assertThat(begin(changed(good, Vnet.FLAGS, 0))).as("no checksum asked").isZero();
    assertThat(begin(changed(good, Vnet.GSO_TYPE, Vnet.GSO_TCPV6))).as("IPv6").isZero();
    assertThat(begin(changed(good, Vnet.CSUM_START, 33))).as("checksum start").isZero();
    int protocol = Vnet.HEADER + Ethernet.HEADER + Ip.V4_PROTOCOL;
    assertThat(begin(changed(good, protocol, Ip.PROTOCOL_UDP))).as("UDP inside").isZero();
    byte[] good6 = new TestFlow(true, true, new byte[0], 3).superFrame(new byte[3000], 1000);
    assertThat(begin(good6)).isNotZero();
    int next = Vnet.HEADER + Ethernet.HEADER + Ip.V6_NEXT_HEADER;
    assertThat(begin(changed(good6, next, 58))).as("ICMPv6 inside").isZero();
    assertThat(begin(changed(good6, Vnet.CSUM_START, 62))).as("start in the data").isZero();
    assertThat(begin(changed(good, Vnet.GSO_SIZE + 1, 0))).isNotZero();
    byte[] noSize = changed(changed(good, Vnet.GSO_SIZE, 0), Vnet.GSO_SIZE + 1, 0);
    assertThat(begin(noSize)).as("segment size 0").isZero();
    byte[] one = changed(changed(good, Vnet.GSO_SIZE, 1), Vnet.GSO_SIZE + 1, 0);
    assertThat(begin(one)).as("3000 segments").isZero();
    assertThat(segmenter.hasMore()).isFalse();
  }

  @Test
  void shouldRefuseOrCutAnyBytesWithoutThrowing() {
    Random random = new Random(9);
    for (int i = 0; i < 20_000; i++) {
      TestFlow flow = TestFlow.random(random);
      byte[] bytes = flow.superFrame(new byte[1 + random.nextInt(4000)], 1 + random.nextInt(1400));
      int length = Vnet.HEADER + 1 + random.nextInt(bytes.length - Vnet.HEADER);
      for (int change = random.nextInt(6); change > 0; change--) {
        bytes[random.nextInt(Math.min(80, bytes.length))] = (byte) random.nextInt();
      }
      segment(java.util.Arrays.copyOf(bytes, length));
    }
    assertThat(counters.get(FrameCount.OUT_SENT)).isPositive();
  }

  private int segment(byte[] superFrame) {
    int frames = begin(superFrame);
    while (segmenter.hasMore()) {
      segmenter.fill(batch, peer, 77);
      assertThat(batch.flush()).isTrue();
    }
    return frames;
  }

  private int begin(byte[] superFrame) {
    MemorySegment memory = room.asSlice(0, superFrame.length);
    MemorySegment.copy(superFrame, 0, memory, ValueLayout.JAVA_BYTE, 0, superFrame.length);
    return segmenter.begin(memory, Vnet.HEADER, superFrame.length - Vnet.HEADER);
  }

  private static byte[] changed(byte[] bytes, int at, int value) {
    byte[] copy = bytes.clone();
    copy[at] = (byte) value;
    return copy;
  }
}
