package io.arbalest.linux.bpf;

import static io.arbalest.linux.bpf.asm.Register.R0;
import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R10;
import static io.arbalest.linux.bpf.asm.Register.R2;
import static io.arbalest.linux.bpf.asm.Register.R3;
import static io.arbalest.linux.bpf.asm.Register.R4;
import static io.arbalest.linux.bpf.asm.Register.R6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Bytecode;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.SkBuff;
import io.arbalest.testing.Privileged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@Privileged
class RingBufferKernelTest {
  private static final MapSpec EVENTS = MapSpec.ringBuffer("events", 4096);

  private static TestInput marked(int mark) {
    return TestInput.of(new byte[64]).with(SkBuff.MARK, mark);
  }

  /** Sends the mark as a record of 12 bytes; returns what the helper said. */
  private static Bytecode output() {
    return new Assembler("output")
        .load(Size.WORD, R2, R1, SkBuff.MARK)
        .store(Size.WORD, R10, -16, R2)
        .store(Size.DOUBLE, R10, -12 + 4, 0)
        .store(Size.WORD, R10, -12, 0)
        .loadMap(R1, "events")
        .mov(R2, R10)
        .add(R2, -16)
        .mov(R3, 12)
        .mov(R4, 0)
        .call(Helper.RINGBUF_OUTPUT)
        .exit()
        .assemble();
  }

  /** Reserves room for the mark, and gives it up if the mark is odd. */
  private static Bytecode reserve() {
    Assembler asm = new Assembler("reserve");
    Label full = asm.label("full");
    Label odd = asm.label("odd");
    return asm.load(Size.WORD, R6, R1, SkBuff.MARK)
        .loadMap(R1, "events")
        .mov(R2, 8)
        .mov(R3, 0)
        .call(Helper.RINGBUF_RESERVE)
        .jump(JumpOp.JEQ, R0, 0, full)
        .store(Size.DOUBLE, R0, 0, R6)
        .mov(R1, R0)
        .mov(R2, 0)
        .jump(JumpOp.JSET, R6, 1, odd)
        .call(Helper.RINGBUF_SUBMIT)
        .mov(R0, 0)
        .exit()
        .bind(odd)
        .call(Helper.RINGBUF_DISCARD)
        .bind(full)
        .mov(R0, 1)
        .exit()
        .assemble();
  }

  @Test
  void shouldDeliverRecordsInOrderRoundAndRound() {
    try (BpfObjects objects = BpfObjects.create(List.of(EVENTS));
        BpfProgram program = objects.load(output());
        RingBuffer ring = RingBuffer.open(objects.map("events"))) {
      List<Integer> seen = new ArrayList<>();
      List<Integer> sent = new ArrayList<>();
      for (int mark = 1; mark <= 5000; mark++) {
        assertThat(program.testRun(marked(mark)).verdict()).isEqualTo(0);
        sent.add(mark);
        if (mark % 100 == 0) {
          ring.drain(
              record -> {
                assertThat(record.remaining()).isEqualTo(12);
                seen.add(record.getInt());
              });
        }
      }
      assertThat(seen).isEqualTo(sent);
      assertThat(ring.malformed()).isZero();
    }
  }

  @Test
  void shouldPassOverWhatTheProgramGaveUp() {
    try (BpfObjects objects = BpfObjects.create(List.of(EVENTS));
        BpfProgram program = objects.load(reserve());
        RingBuffer ring = RingBuffer.open(objects.map("events"))) {
      for (int mark = 1; mark <= 6; mark++) {
        program.testRun(marked(mark));
      }
      List<Long> seen = new ArrayList<>();
      assertThat(ring.drain(record -> seen.add(record.getLong()))).isEqualTo(3);
      assertThat(seen).containsExactly(2L, 4L, 6L);
      assertThat(ring.drain(record -> seen.add(-1L))).isZero();
    }
  }

  @Test
  void shouldGiveRoomBackToAFullRing() {
    try (BpfObjects objects = BpfObjects.create(List.of(EVENTS));
        BpfProgram program = objects.load(reserve());
        RingBuffer ring = RingBuffer.open(objects.map("events"))) {
      int taken = 0;
      while (program.testRun(marked(2)).verdict() == 0) {
        taken++;
      }
      assertThat(taken).isBetween(200, 256);
      assertThat(ring.drain(record -> record.getLong())).isEqualTo(taken);
      assertThat(program.testRun(marked(2)).verdict()).isZero();
    }
  }

  @Test
  void shouldWakeAWaitingReader() throws Exception {
    try (BpfObjects objects = BpfObjects.create(List.of(EVENTS));
        BpfProgram program = objects.load(output());
        RingBuffer ring = RingBuffer.open(objects.map("events"))) {
      assertThat(ring.await(Duration.ofMillis(1))).isFalse();
      Thread sender = Thread.ofPlatform().start(() -> program.testRun(marked(1)));
      assertThat(ring.await(Duration.ofSeconds(10))).isTrue();
      sender.join();
      assertThat(ring.drain(record -> record.getInt())).isEqualTo(1);
      assertThat(ring.await(Duration.ZERO)).isFalse();
    }
  }

  @Test
  void shouldReadARecordOnceEvenIfTheReaderFails() {
    try (BpfObjects objects = BpfObjects.create(List.of(EVENTS));
        BpfProgram program = objects.load(output());
        RingBuffer ring = RingBuffer.open(objects.map("events"))) {
      program.testRun(marked(1));
      program.testRun(marked(2));
      assertThatThrownBy(
              () ->
                  ring.drain(
                      record -> {
                        throw new IllegalStateException("mark " + record.getInt());
                      }))
          .hasMessage("mark 1");
      List<Integer> seen = new ArrayList<>();
      ring.drain(record -> seen.add(record.getInt()));
      assertThat(seen).containsExactly(2);
    }
  }

  @Test
  void shouldRefuseAMapThatIsNoRing() {
    try (BpfMap map = BpfMap.create(new MapSpec("plain", MapKind.HASH, 4, 4, 2))) {
      assertThatThrownBy(() -> RingBuffer.open(map))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("map plain is no ring buffer but HASH");
    }
  }

  @Test
  void shouldRefuseKeysOfARing() {
    try (BpfMap map = BpfMap.create(EVENTS)) {
      assertThatThrownBy(() -> map.lookup(new byte[0]))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is a ring buffer");
    }
  }

  @Test
  void shouldNotReadAfterClose() {
    try (BpfMap map = BpfMap.create(EVENTS)) {
      RingBuffer ring = RingBuffer.open(map);
      ring.close();
      ring.close();
      assertThatThrownBy(() -> ring.drain(record -> {})).isInstanceOf(IllegalStateException.class);
    }
  }
}
