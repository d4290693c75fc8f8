package io.arbalest.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The reader on a ring that the test writes as the kernel would, and as it would not. */
class RingReaderTest {
  private static final int RING = 64;
  private static final int BUSY = 1 << 31;
  private static final int DISCARD = 1 << 30;
  private static final long SEED = 7;

  private final MemorySegment consumer = Arena.ofAuto().allocate(8, 8);
  private final MemorySegment producer = Arena.ofAuto().allocate(8, 8);
  private final MemorySegment data = Arena.ofAuto().allocate(2 * RING, 8);
  private final RingReader reader = new RingReader(consumer, producer, data);
  private final List<Integer> seen = new ArrayList<>();

  private void put(long position, int header, int value) {
    // The second half is the same memory again.
    for (long copy = 0; copy <= RING; copy += RING) {
      write((position & RING - 1) + copy, header);
      write((position & RING - 1) + copy + 8, value);
      write((position & RING - 1) + copy - RING, header);
      write((position & RING - 1) + copy + 8 - RING, value);
    }
  }

  private void write(long at, int value) {
    if (at >= 0 && at < data.byteSize()) {
      data.set(JAVA_INT, at, value);
    }
  }

  private int drain() {
    return reader.drain(record -> seen.add(record.getInt()));
  }

  private long position() {
    return consumer.get(JAVA_LONG, 0);
  }

  @Test
  void shouldReadNothingFromAnEmptyRing() {
    assertThat(drain()).isZero();
    assertThat(position()).isZero();
  }

  @Test
  void shouldStopAtARecordThatIsStillWritten() {
    put(0, 4, 11);
    put(16, 4 | BUSY, 12);
    put(32, 4, 13);
    producer.set(JAVA_LONG, 0, 48);
    assertThat(drain()).isEqualTo(1);
    assertThat(position()).isEqualTo(16);
    put(16, 4 | DISCARD, 12);
    assertThat(drain()).isEqualTo(1);
    assertThat(seen).containsExactly(11, 13);
    assertThat(position()).isEqualTo(48);
  }

  @Test
  void shouldReadARecordThatWraps() {
    consumer.set(JAVA_LONG, 0, 1000 * RING + 56L);
    producer.set(JAVA_LONG, 0, 1001 * RING + 8L);
    put(56, 8, 21);
    assertThat(drain()).isEqualTo(1);
    assertThat(seen).containsExactly(21);
  }

  @Test
  void shouldPassOverALengthThatGoesBeyondWhatIsWritten() {
    put(0, 0x3fff_ffff, 1);
    producer.set(JAVA_LONG, 0, 48);
    assertThat(drain()).isZero();
    assertThat(position()).isEqualTo(48);
    assertThat(reader.malformed()).isEqualTo(1);
  }

  @Test
  void shouldPassOverPositionsThatCannotBe() {
    producer.set(JAVA_LONG, 0, 13);
    assertThat(drain()).isZero();
    consumer.set(JAVA_LONG, 0, 16);
    producer.set(JAVA_LONG, 0, 8);
    assertThat(drain()).isZero();
    producer.set(JAVA_LONG, 0, 16 + 2L * RING);
    assertThat(drain()).isZero();
    assertThat(reader.malformed()).isEqualTo(3);
    assertThat(position()).isEqualTo(16 + 2L * RING);
  }

  @Test
  void shouldEndWithinBoundsWhateverTheRingHolds() {
    Random random = new Random(SEED);
    for (int round = 0; round < 100_000; round++) {
      for (long at = 0; at < data.byteSize(); at += 4) {
        boolean small = random.nextBoolean();
        data.set(JAVA_INT, at, small ? random.nextInt(RING) : random.nextInt());
      }
      long from = random.nextLong(-RING, 4 * RING) & -8L;
      long to = from + random.nextLong(-8, 2 * RING);
      consumer.set(JAVA_LONG, 0, from);
      producer.set(JAVA_LONG, 0, to);
      reader.drain(record -> assertThat(record.remaining()).isLessThanOrEqualTo(RING - 8));
      assertThat(position()).isBetween(Math.min(from, to), Math.max(from, to));
    }
  }
}
