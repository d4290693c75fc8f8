package io.arbalest.overlay.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.overlay.OverlayCounters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is joined, cutting it again gives the frames that came: in order, octet for octet. */
class RoundTripTest {
  private static final int FLOWS = 12;

  @Test
  void shouldDeliverEveryFrameOfEveryFlowInOrder() {
    Random random = new Random(20_260);
    for (int round = 0; round < 300; round++) {
      List<TestFlow> flows = new ArrayList<>();
      for (int i = 0; i < FLOWS; i++) {
        flows.add(TestFlow.random(random));
      }
      List<byte[]> frames = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        frames.add(frame(flows.get(random.nextInt(FLOWS)), random));
      }
      assertThat(byFlow(coalesced(frames))).isEqualTo(byFlow(frames));
    }
  }

  @Test
  void shouldPassAnyBytesOnUnchanged() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      List<byte[]> frames = new ArrayList<>();
      TestFlow flow = TestFlow.random(random);
      for (int i = 0; i < 50; i++) {
        byte[] frame = flow.next(new byte[random.nextInt(3) * 50]);
        for (int change = random.nextInt(3); change > 0; change--) {
          frame[random.nextInt(Math.min(frame.length, 90))] = (byte) random.nextInt();
        }
        frames.add(java.util.Arrays.copyOf(frame, 14 + random.nextInt(frame.length - 13)));
      }
      List<String> out = coalesced(frames).stream().map(RoundTripTest::text).sorted().toList();
      assertThat(out).isEqualTo(frames.stream().map(RoundTripTest::text).sorted().toList());
    }
  }

  private static byte[] frame(TestFlow flow, Random random) {
    int kind = random.nextInt(20);
    flow.flags = Tcp.ACK | (kind == 0 ? Tcp.PSH : 0) | (kind == 1 ? Tcp.FIN : 0);
    flow.sequence += kind == 2 ? 1 : 0;
    byte[] payload = new byte[kind == 3 ? random.nextInt(100) : 100];
    random.nextBytes(payload);
    byte[] frame = flow.next(payload);
    if (kind == 4) {
      frame[frame.length - 1] ^= 1;
    }
    return frame;
  }

  private static List<byte[]> coalesced(List<byte[]> frames) {
    WrittenFrames written = new WrittenFrames();
    try (Arena arena = Arena.ofConfined()) {
      Coalescer coalescer = new Coalescer(arena, written, new OverlayCounters(), TestFlow.PORT);
      for (byte[] frame : frames) {
        MemorySegment memory = arena.allocate(frame.length);
        MemorySegment.copy(frame, 0, memory, ValueLayout.JAVA_BYTE, 0, frame.length);
        coalescer.offer(memory, 0, frame.length);
      }
      coalescer.flush();
    }
    return written.frames();
  }

  private static Map<String, List<String>> byFlow(List<byte[]> frames) {
    Map<String, List<String>> flows = new HashMap<>();
    for (byte[] frame : frames) {
      boolean v6 = frame[Ethernet.TYPE] == (byte) 0x86;
      int source = Ethernet.HEADER + (v6 ? Ip.V6_SOURCE : Ip.V4_SOURCE);
      String key = HexFormat.of().formatHex(frame, source, source + (v6 ? 36 : 12));
      flows.computeIfAbsent(key, k -> new ArrayList<>()).add(text(frame));
    }
    return flows;
  }

  // An ID without meaning (DF is set, RFC 6864) is the one thing that joining may renumber.
  private static String text(byte[] frame) {
    byte[] copy = frame.clone();
    boolean v4 = copy.length >= 34 && copy[12] == 8 && copy[13] == 0;
    if (v4 && (copy[20] & 0x40) != 0) {
      ByteBuffer.wrap(copy).putShort(18, (short) 0).putShort(24, (short) 0);
    }
    return HexFormat.of().formatHex(copy);
  }
}
