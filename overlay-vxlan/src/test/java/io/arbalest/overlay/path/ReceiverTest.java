package io.arbalest.overlay.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.overlay.DropReason;
import io.arbalest.overlay.FrameCount;
import io.arbalest.overlay.OverlayCounters;
import io.arbalest.overlay.Vni;
import io.arbalest.overlay.Vtep;
import io.arbalest.overlay.VxlanCodec;
import io.arbalest.overlay.VxlanHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ReceiverTest {
  private static final Vtep HERE = vtep("192.0.2.1");
  private static final Vtep THERE = vtep("192.0.2.2");
  private static final Vtep SIX = vtep("2001:db8::3");

  private final Arena arena = Arena.ofAuto();
  private final OverlayCounters counters = new OverlayCounters();
  private final WrittenFrames written = new WrittenFrames();
  private final Coalescer coalescer = new Coalescer(arena, written, counters, TestFlow.PORT);
  private final byte[] frame = TestFlow.udp4().frame(new byte[20]);

  @Test
  void shouldDeliverFromAVtepOfEitherFamily() {
    Receiver receiver = receiver(false);
    accept(receiver, THERE, frame, 0);
    receiver.flush();
    accept(receiver, SIX, frame, 0);
    receiver.flush();
    assertThat(written.frames()).containsExactly(frame, frame);
    assertThat(counters.snapshot().isBalanced()).isTrue();
  }

  @Test
  void shouldRefuseAStrangerAndAMisplacedOrGroupSource() {
    Receiver receiver = receiver(false);
    accept(receiver, vtep("192.0.2.77"), frame, 0);
    assertThat(counters.get(DropReason.WRONG_OUTER_SOURCE)).isEqualTo(1);
    accept(receiver, THERE, from(frame, 0x0208_2000_0066L), 0);
    assertThat(counters.get(DropReason.WRONG_INNER_SOURCE)).as("placed at SIX").isEqualTo(1);
    accept(receiver, THERE, from(frame, 0x0208_2000_0011L), 0);
    assertThat(counters.get(DropReason.WRONG_INNER_SOURCE)).as("placed here").isEqualTo(2);
    accept(receiver, THERE, from(frame, 0x0308_2000_0001L), 0);
    assertThat(counters.get(DropReason.WRONG_INNER_SOURCE)).as("group address").isEqualTo(3);
    assertThat(written.writes).isEmpty();
    assertThat(counters.get(FrameCount.IN_FRAMES)).isEqualTo(4);
    assertThat(counters.snapshot().isBalanced()).isTrue();
  }

  @Test
  void shouldRefuseReservedBitsUnlessTold() {
    accept(receiver(false), THERE, frame, 1);
    assertThat(counters.get(DropReason.RESERVED_BITS)).isEqualTo(1);
    Receiver tolerant = receiver(true);
    accept(tolerant, THERE, frame, 1);
    tolerant.flush();
    assertThat(written.frames()).containsExactly(frame);
  }

  @Test
  void shouldForgetAVtepThatTheNextTableLacks() {
    Receiver receiver = receiver(false);
    accept(receiver, THERE, frame, 0);
    receiver.use(ForwardingTable.at(HERE).vtep(SIX).build());
    accept(receiver, THERE, frame, 0);
    assertThat(counters.get(DropReason.WRONG_OUTER_SOURCE)).isEqualTo(1);
  }

  private Receiver receiver(boolean ignoreReservedBits) {
    Receiver receiver = new Receiver(coalescer, counters, ignoreReservedBits);
    receiver.use(
        ForwardingTable.at(HERE)
            .vtep(THERE)
            .place(0x0208_2000_0066L, SIX)
            .place(0x0208_2000_0011L, HERE)
            .build());
    return receiver;
  }

  private void accept(Receiver receiver, Vtep from, byte[] inner, int reserved) {
    byte[] header = VxlanCodec.encode(new VxlanHeader(new Vni(77)));
    header[7] = (byte) reserved;
    MemorySegment memory = arena.allocate(header.length + inner.length);
    MemorySegment.copy(header, 0, memory, ValueLayout.JAVA_BYTE, 0, header.length);
    MemorySegment.copy(inner, 0, memory, ValueLayout.JAVA_BYTE, header.length, inner.length);
    OuterAddress source = OuterAddress.of(from.ip());
    receiver.from(source.high(), source.low());
    receiver.accept(memory, 0, (int) memory.byteSize());
  }

  private static byte[] from(byte[] frame, long mac) {
    ByteBuffer out = ByteBuffer.wrap(frame.clone());
    return out.putShort(6, (short) (mac >> 32)).putInt(8, (int) mac).array();
  }

  private static Vtep vtep(String ip) {
    return new Vtep(new InetSocketAddress(ip, 4789));
  }
}
