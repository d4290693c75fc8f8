package io.arbalest.overlay.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlowHashTest {
  @Test
  void shouldBeTheSameForAllFramesOfAFlow() {
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      TestFlow flow = TestFlow.random(random);
      int first = hash(flow.next(new byte[100]));
      flow.flags = Tcp.ACK | Tcp.PSH;
      assertThat(hash(flow.next(new byte[1]))).isEqualTo(first);
      assertThat(hash(flow.next(new byte[999]))).isEqualTo(first);
    }
  }

  @Test
  void shouldSpreadFlowsOverTheLanes() {
    Random random = new Random(4);
    Set<Integer> lanes = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      lanes.add(hash(TestFlow.random(random).next(new byte[10])) & 7);
    }
    assertThat(lanes).hasSize(8);
  }

  @Test
  void shouldKeepTheFragmentsOfADatagramTogether() {
    byte[] first = TestFlow.udp4().frame(new byte[100]);
    first[Ethernet.HEADER + Ip.V4_FRAGMENT] = 0x20;
    byte[] second = first.clone();
    second[Ethernet.HEADER + Ip.V4_FRAGMENT] = 0;
    second[Ethernet.HEADER + Ip.V4_FRAGMENT + 1] = 10;
    second[Ethernet.HEADER + Ip.V4_HEADER] ^= 1;
    assertThat(hash(second)).isEqualTo(hash(first));
  }

  @Test
  void shouldHashAnyFrame() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] frame = TestFlow.random(random).frame(new byte[8]);
      frame[12 + random.nextInt(10)] = (byte) random.nextInt();
      byte[] cut = java.util.Arrays.copyOf(frame, 14 + random.nextInt(frame.length - 13));
      assertThat(hash(cut)).isEqualTo(hash(cut.clone()));
    }
  }

  private static int hash(byte[] frame) {
    return FlowHash.of(MemorySegment.ofArray(frame), 0, frame.length);
  }
}
