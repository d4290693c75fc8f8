package io.arbalest.overlay.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.sys.Errno;
import io.arbalest.overlay.DropReason;
import io.arbalest.overlay.FrameCount;
import io.arbalest.overlay.OverlayCounters;
import io.arbalest.overlay.Vni;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CoalescerTest {
  private final Arena arena = Arena.ofAuto();
  private final OverlayCounters counters = new OverlayCounters();
  private final WrittenFrames written = new WrittenFrames();
  private final Coalescer coalescer = new Coalescer(arena, written, counters, TestFlow.PORT);

  @Test
  void shouldJoinConsecutiveSegmentsUntilThePush() {
    TestFlow flow = TestFlow.tcp4();
    byte[] first = flow.next(new byte[1000]);
    byte[] second = flow.next(new byte[1000]);
    flow.flags |= Tcp.PSH;
    byte[] third = flow.next(new byte[300]);
    offer(first, second, third);
    assertThat(written.writes).as("written at the push, before the flush").hasSize(1);
    assertThat(written.frames()).containsExactly(first, second, third);
    assertThat(counters.get(FrameCount.IN_DELIVERED)).isEqualTo(3);
    assertThat(counters.get(FrameCount.IN_WRITES)).isEqualTo(1);
    assertThat(counters.get(FrameCount.IN_BYTES))
        .isEqualTo(first.length + second.length + third.length);
  }

  @Test
  void shouldMakeTheSuperFrameThatTheKernelWouldHaveGiven() {
    TestFlow flow = TestFlow.tcp4();
    byte[] expected = flow.superFrame(new byte[2500], 1000);
    offer(flow.next(new byte[1000]), flow.next(new byte[1000]), flow.next(new byte[500]));
    assertThat(written.writes).hasSize(1);
    assertThat(written.writes.getFirst()).isEqualTo(headerChecksum(expected));
  }

  @Test
  void shouldNotJoinACorruptSegment() {
    TestFlow flow = TestFlow.tcp4();
    byte[] first = flow.next(new byte[1000]);
    byte[] second = flow.next(new byte[1000]);
    byte[] corrupt = flow.next(new byte[1000]);
    corrupt[500] ^= 1;
    byte[] fourth = flow.next(new byte[1000]);
    offer(first, second, corrupt, fourth);
    coalescer.flush();
    assertThat(written.writes).hasSize(3);
    assertThat(written.frames()).containsExactly(first, second, corrupt, fourth);
  }

  @Test
  void shouldNotStartARunWithACorruptIpHeader() {
    TestFlow flow = TestFlow.tcp4();
    byte[] first = flow.next(new byte[1000]);
    first[Ethernet.HEADER + 8]--;
    byte[] second = flow.next(new byte[1000]);
    offer(first, second);
    coalescer.flush();
    assertThat(written.frames()).containsExactly(first, second);
    assertThat(written.writes).hasSize(2);
  }

  @Test
  void shouldKeepApartWhatDiffersInAnyHeaderField() {
    assertApart(flow -> flow.ttl--);
    assertApart(flow -> flow.tos ^= 2);
    assertApart(flow -> flow.window++);
    assertApart(flow -> flow.acknowledgement++);
    assertApart(flow -> flow.sequence++);
    assertApart(flow -> flow.sequence -= 500);
    assertApart(flow -> flow.dontFragment = false);
    assertApart(flow -> flow.flags |= Tcp.FIN);
    assertApart(flow -> flow.flags |= 0x02);
    assertApart(flow -> flow.flags |= Tcp.CWR);
    assertApart(flow -> flow.flags |= 0x40);
  }

  private void assertApart(Consumer<TestFlow> change) {
    written.writes.clear();
    TestFlow flow = TestFlow.tcp4();
    byte[] first = flow.next(new byte[500]);
    change.accept(flow);
    byte[] second = flow.next(new byte[500]);
    offer(first, second);
    coalescer.flush();
    assertThat(written.writes).hasSize(2);
    assertThat(written.frames()).containsExactly(first, second);
  }

  @Test
  void shouldOnlyJoinFragmentableFramesWhoseIdsCount() {
    TestFlow flow = TestFlow.tcp4();
    flow.dontFragment = false;
    offer(flow.next(new byte[500]), flow.next(new byte[500]));
    coalescer.flush();
    assertThat(written.writes).hasSize(1);
    written.writes.clear();
    byte[] first = flow.next(new byte[500]);
    flow.id += 2;
    offer(first, flow.next(new byte[500]));
    coalescer.flush();
    assertThat(written.writes).hasSize(2);
  }

  @Test
  void shouldNotJoinAfterAShortSegmentNorALongerOne() {
    TestFlow flow = TestFlow.tcp4();
    offer(flow.next(new byte[500]), flow.next(new byte[400]), flow.next(new byte[400]));
    offer(flow.next(new byte[500]));
    coalescer.flush();
    assertThat(written.writes).hasSize(3);
  }

  @Test
  void shouldKeepSuperFramesBelow64KiB() {
    TestFlow flow = TestFlow.tcp4();
    for (int i = 0; i < 200; i++) {
      offer(flow.next(new byte[1398]));
    }
    coalescer.flush();
    assertThat(written.frames()).hasSize(200);
    assertThat(written.writes).hasSizeLessThan(6).allMatch(w -> w.length <= 0xffff + Vnet.HEADER);
  }

  @Test
  void shouldJoinDatagramsOfOneSize() {
    TestFlow flow = TestFlow.udp4();
    byte[][] frames = new byte[100][];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = flow.next(new byte[64]);
    }
    offer(frames);
    coalescer.flush();
    assertThat(written.frames()).containsExactly(frames);
    assertThat(written.writes).hasSize(2);
    assertThat(written.writes.getFirst()[Vnet.GSO_TYPE]).isEqualTo((byte) Vnet.GSO_UDP_L4);
  }

  @Test
  void shouldLeaveDatagramsAloneWhereTheTapTakesNoUdpSuperFrames() {
    Coalescer old =
        new Coalescer(
            arena,
            written,
            counters,
            new PortSpec(new Vni(77), TestFlow.PORT.local(), 1450, false, false));
    TestFlow flow = TestFlow.udp4();
    byte[] first = flow.next(new byte[64]);
    byte[] second = flow.next(new byte[64]);
    old.offer(memory(first), 0, first.length);
    old.offer(memory(second), 0, second.length);
    old.flush();
    assertThat(written.writes).hasSize(2);
  }

  @Test
  void shouldWriteTheFramesSeparatelyWhenTheSuperFrameIsRefused() {
    written.superFrameError = Errno.EINVAL.number();
    TestFlow flow = TestFlow.tcp4();
    byte[] first = flow.next(new byte[500]);
    byte[] second = flow.next(new byte[500]);
    offer(first, second);
    coalescer.flush();
    assertThat(written.frames()).containsExactly(first, second);
    assertThat(counters.get(FrameCount.IN_DELIVERED)).isEqualTo(2);
  }

  @Test
  void shouldNameWhatTheTapRefused() {
    written.error = Errno.EIO.number();
    TestFlow flow = TestFlow.tcp4();
    offer(flow.next(new byte[500]), flow.next(new byte[500]));
    coalescer.flush();
    assertThat(counters.get(DropReason.LINK_DOWN)).isEqualTo(2);
    written.error = Errno.EINVAL.number();
    offer(flow.next(new byte[0]));
    assertThat(counters.get(DropReason.DELIVERY_REFUSED)).isEqualTo(1);
    written.error = Errno.ENOBUFS.number();
    offer(flow.next(new byte[0]));
    assertThat(counters.get(DropReason.DELIVERY_NO_BUFFER)).isEqualTo(1);
  }

  @Test
  void shouldAskTheZonesToFinishAChecksumThatTheKernelLeftUnfinished() {
    TestFlow flow = TestFlow.tcp4();
    flow.flags |= 0x02;
    byte[] syn = flow.superFrame(new byte[0], 0);
    syn[Vnet.GSO_TYPE] = Vnet.GSO_NONE;
    byte[] onTheWire = Arrays.copyOfRange(syn, Vnet.HEADER, syn.length);
    offer(onTheWire);
    Vnet.put16(MemorySegment.ofArray(syn), Vnet.HEADER_LENGTH, 0);
    assertThat(written.writes).containsExactly(syn);
    offer(flow.frame(new byte[100]));
    assertThat(written.writes.getLast()[Vnet.FLAGS]).as("the next one is finished").isZero();
  }

  @Test
  void shouldPassOnASuperFrameThatNobodyCut() {
    TestFlow flow = TestFlow.tcp4();
    int segment = 1450 + Ethernet.HEADER - flow.headerLength();
    byte[] superFrame = headerChecksum(flow.superFrame(new byte[30_000], segment));
    offer(Arrays.copyOfRange(superFrame, Vnet.HEADER, superFrame.length));
    assertThat(written.writes).containsExactly(superFrame);
  }

  private void offer(byte[]... frames) {
    for (byte[] frame : frames) {
      coalescer.offer(memory(frame), 0, frame.length);
    }
  }

  private MemorySegment memory(byte[] frame) {
    MemorySegment memory = arena.allocate(Math.max(1, frame.length));
    MemorySegment.copy(frame, 0, memory, ValueLayout.JAVA_BYTE, 0, frame.length);
    return memory;
  }

  private static byte[] headerChecksum(byte[] tapFrame) {
    byte[] out = Arrays.copyOf(tapFrame, tapFrame.length);
    int ip = Vnet.HEADER + Ethernet.HEADER;
    ByteBuffer.wrap(out).putShort(ip + Ip.V4_CHECKSUM, (short) 0);
    int sum = ~SlowSum.of(out, ip, ip + Ip.V4_HEADER);
    ByteBuffer.wrap(out).putShort(ip + Ip.V4_CHECKSUM, (short) sum);
    return out;
  }
}
