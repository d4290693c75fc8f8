package io.arbalest.overlay.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.sys.Errno;
import io.arbalest.overlay.DropReason;
import io.arbalest.overlay.FrameCount;
import io.arbalest.overlay.OverlayCounters;
import io.arbalest.overlay.Vtep;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransmitterTest {
  private static final Vtep HERE = vtep(1);
  private static final long THEIRS = 0x0208_2000_0002L;
  private static final long OURS = 0x0208_2000_0009L;

  private final OverlayCounters counters = new OverlayCounters();
  private final SentDatagrams sent = new SentDatagrams();
  private final List<byte[]> answers = new ArrayList<>();
  private SlowPath slowPath = SlowPath.REPLICATE_ALL;
  private final Transmitter transmitter =
      new Transmitter(
          Arena.ofAuto(),
          new Outlet(77, List.of(sent, sent), counters, f -> slowPath.decide(f), answers::add),
          Peers.of(
              ForwardingTable.at(HERE).place(THEIRS, vtep(2)).place(OURS, HERE).build(),
              new Way(UdpOptions.AF_INET, true)));

  @Test
  void shouldSendAFrameToTheVtepThatHasItsDestination() {
    byte[] frame = TestFlow.udp4().frame(new byte[100]);
    accept(plain(frame));
    assertThat(transmitter.flush()).isTrue();
    assertThat(sent.frames()).containsExactly(frame);
    assertBalanced(1);
  }

  @Test
  void shouldFinishAChecksum() {
    TestFlow flow = TestFlow.udp4();
    byte[] tapFrame = flow.superFrame(new byte[101], 0);
    tapFrame[Vnet.GSO_TYPE] = Vnet.GSO_NONE;
    accept(tapFrame);
    transmitter.flush();
    assertThat(sent.frames()).containsExactly(flow.frame(new byte[101]));
  }

  /** A zone may name any place; protection has judged the frame as it was before. */
  @Test
  void shouldNotWriteAChecksumOverWhatProtectionHasSeen() {
    byte[] frame = TestFlow.udp4().frame(new byte[10]);
    int l4 = Ethernet.HEADER + Ip.V4_HEADER;
    int refused = 0;
    for (int field = 0; field < frame.length; field++) {
      if (field != l4 + Udp.CHECKSUM) {
        accept(unfinished(frame, 0, field));
        refused++;
      }
    }
    assertThat(counters.get(DropReason.BAD_FRAME)).isEqualTo(refused);
    assertThat(sent.frames()).isEmpty();
    accept(unfinished(frame, l4, l4 + Udp.CHECKSUM));
    transmitter.flush();
    assertThat(sent.frames()).hasSize(1);
  }

  private static byte[] unfinished(byte[] frame, int start, int field) {
    byte[] tapFrame = plain(frame);
    tapFrame[Vnet.FLAGS] = Vnet.NEEDS_CSUM;
    ByteBuffer.wrap(tapFrame)
        .order(ByteOrder.nativeOrder())
        .putShort(Vnet.CSUM_START, (short) start)
        .putShort(Vnet.CSUM_OFFSET, (short) (field - start));
    return tapFrame;
  }

  @Test
  void shouldBatchARunOfSmallFramesAndKeepTheirOrder() {
    TestFlow flow = TestFlow.udp4();
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      frames.add(flow.next(new byte[64]));
      accept(plain(frames.getLast()));
    }
    transmitter.flush();
    assertThat(sent.frames()).containsExactlyElementsOf(frames);
    assertThat(sent.sizesOfSends).containsExactly(64, 36);
  }

  @Test
  void shouldKeepASuperFrameBehindTheSmallFramesOfItsFlow() {
    TestFlow flow = TestFlow.tcp4();
    byte[] first = flow.next(new byte[10]);
    byte[] superFrame = flow.superFrame(new byte[2500], 1000);
    accept(plain(first));
    accept(superFrame);
    transmitter.flush();
    List<byte[]> expected = new ArrayList<>(List.of(first));
    expected.addAll(SlowSegmentation.cut(superFrame));
    assertThat(sent.frames()).containsExactlyElementsOf(expected);
    assertBalanced(4);
  }

  @Test
  void shouldCopyAGroupFrameToEveryVtep() {
    transmitter.use(peers(ForwardingTable.at(HERE).vtep(vtep(2)).vtep(vtep(3)).vtep(HERE)));
    accept(plain(group()));
    transmitter.flush();
    assertThat(sent.frames()).containsExactly(group(), group());
    assertBalanced(2);
  }

  @Test
  void shouldCountAGroupFrameThatNobodyGets() {
    transmitter.use(peers(ForwardingTable.at(HERE)));
    accept(plain(group()));
    assertThat(counters.get(DropReason.NO_VTEP)).isEqualTo(1);
    assertBalanced(1);
  }

  @Test
  void shouldDoWhatTheSlowPathSays() {
    slowPath = frame -> new SlowPath.Verdict.Answer(new byte[] {1});
    accept(plain(group()));
    assertThat(answers).containsExactly(new byte[] {1});
    slowPath = frame -> SlowPath.Verdict.LOCAL;
    accept(plain(group()));
    assertThat(counters.get(FrameCount.OUT_ANSWERED)).isEqualTo(2);
    slowPath = frame -> SlowPath.Verdict.DROP;
    accept(plain(group()));
    slowPath =
        frame -> {
          throw new IllegalStateException("broken");
        };
    accept(plain(group()));
    assertThat(counters.get(DropReason.REFUSED_BY_DIRECTORY)).isEqualTo(2);
    byte[] instead = TestFlow.udp4().frame(new byte[300]);
    slowPath = frame -> new SlowPath.Verdict.Forward(instead);
    accept(plain(group()));
    transmitter.flush();
    assertThat(sent.frames()).containsExactly(instead);
    assertBalanced(5);
  }

  @Test
  void shouldNameWhatItCannotSend() {
    byte[] frame = TestFlow.udp4().frame(new byte[10]);
    accept(plain(to(frame, 0x0208_2000_0777L)));
    accept(plain(to(frame, OURS)));
    accept(new byte[Vnet.HEADER + 13]);
    byte[] ufo = plain(frame);
    ufo[Vnet.GSO_TYPE] = 3;
    accept(ufo);
    byte[] outside = plain(frame);
    outside[Vnet.FLAGS] = Vnet.NEEDS_CSUM;
    ByteBuffer.wrap(outside).order(ByteOrder.nativeOrder()).putShort(Vnet.CSUM_START, (short) 4000);
    accept(outside);
    assertThat(counters.get(DropReason.UNKNOWN_DESTINATION)).isEqualTo(1);
    assertThat(counters.get(DropReason.LOCAL_DESTINATION)).isEqualTo(1);
    assertThat(counters.get(DropReason.BAD_FRAME)).isEqualTo(2);
    assertThat(counters.get(DropReason.UNKNOWN_OFFLOAD)).isEqualTo(1);
    assertBalanced(5);
  }

  @Test
  void shouldLoseNothingWhileSocketsAreFullAgainAndAgain() {
    transmitter.use(
        peers(ForwardingTable.at(HERE).place(THEIRS, vtep(2)).vtep(vtep(3)).vtep(vtep(4))));
    Random random = new Random(11);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      sent.errors.clear();
      for (int k = random.nextInt(4); k > 0; k--) {
        sent.errors.add(random.nextBoolean() ? Errno.EAGAIN.number() : 0);
      }
      byte[] tapFrame = anyFrame(random);
      int copies = (tapFrame[Vnet.HEADER] & 1) != 0 ? 3 : 1;
      for (byte[] frame : SlowSegmentation.cut(tapFrame)) {
        expected.addAll(java.util.Collections.nCopies(copies, text(frame)));
      }
      for (boolean free = accept(tapFrame); !free; free = transmitter.resume()) {}
    }
    sent.errors.clear();
    assertThat(transmitter.flush()).isTrue();
    assertThat(sent.frames().stream().map(TransmitterTest::text).sorted().toList())
        .isEqualTo(expected.stream().sorted().toList());
    assertBalanced(expected.size());
  }

  private static byte[] anyFrame(Random random) {
    TestFlow flow = TestFlow.random(random);
    byte[] payload = new byte[1 + random.nextInt(random.nextInt(20) == 0 ? 50_000 : 1300)];
    random.nextBytes(payload);
    boolean superFrame = payload.length > 1300 || random.nextBoolean();
    byte[] tapFrame =
        superFrame
            ? flow.superFrame(payload, 200 + random.nextInt(1200))
            : plain(flow.frame(payload));
    if (random.nextInt(5) == 0) {
      tapFrame[Vnet.HEADER] |= 1;
    }
    return tapFrame;
  }

  private boolean accept(byte[] tapFrame) {
    MemorySegment.copy(
        tapFrame,
        0,
        transmitter.memory(),
        ValueLayout.JAVA_BYTE,
        transmitter.slot(),
        tapFrame.length);
    return transmitter.accept(tapFrame.length);
  }

  private void assertBalanced(int frames) {
    assertThat(counters.get(FrameCount.OUT_FRAMES)).isEqualTo(frames);
    assertThat(counters.snapshot().isBalanced()).as("%s", counters.snapshot()).isTrue();
  }

  private static byte[] plain(byte[] frame) {
    return ByteBuffer.allocate(Vnet.HEADER + frame.length).put(Vnet.HEADER, frame).array();
  }

  private static byte[] group() {
    return to(TestFlow.udp4().frame(new byte[50]), 0xffff_ffff_ffffL);
  }

  private static byte[] to(byte[] frame, long mac) {
    return ByteBuffer.wrap(frame.clone()).putShort((short) (mac >> 32)).putInt((int) mac).array();
  }

  private static String text(byte[] frame) {
    return java.util.HexFormat.of().formatHex(frame);
  }

  private static Peers peers(ForwardingTable.Builder table) {
    return Peers.of(table.build(), new Way(UdpOptions.AF_INET, true));
  }

  private static Vtep vtep(int last) {
    return new Vtep(new InetSocketAddress("192.0.2." + last, 4789));
  }
}
