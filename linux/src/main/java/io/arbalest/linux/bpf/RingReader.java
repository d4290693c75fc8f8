package io.arbalest.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * The layout of a ring buffer ({@code kernel/bpf/ringbuf.c}): two positions that only grow, and
 * records that begin with 8 bytes: the length, whose highest bits say "not written yet" and "never
 * mind", and the kernel's own word. Records are padded to 8 bytes.
 */
final class RingReader {
  private static final int HEADER = 8;
  private static final int BUSY = 1 << 31;
  private static final int DISCARD = 1 << 30;
  private static final VarHandle POSITION = JAVA_LONG.varHandle();
  private static final VarHandle LENGTH = JAVA_INT.varHandle();

  private final MemorySegment consumer;
  private final MemorySegment producer;
  private final MemorySegment data;
  private final long mask;
  private long malformed;

  /**
   * A reader of a ring.
   *
   * @param consumer its first 8 bytes are the position read up to
   * @param producer its first 8 bytes are the position written up to
   * @param data the ring, twice in a row; half its size is a power of two
   */
  RingReader(MemorySegment consumer, MemorySegment producer, MemorySegment data) {
    this.consumer = consumer;
    this.producer = producer;
    this.data = data;
    this.mask = data.byteSize() / 2 - 1;
  }

  /** Hands over the records that are complete and says how many. */
  int drain(Consumer<ByteBuffer> sink) {
    int delivered = 0;
    long position = (long) POSITION.getAcquire(consumer, 0L);
    long end = (long) POSITION.getAcquire(producer, 0L);
    if (isImpossible(position, end)) {
      giveUpTo(end);
      return 0;
    }
    while (position < end) {
      int header = (int) LENGTH.getAcquire(data, position & mask);
      if ((header & BUSY) != 0) {
        break;
      }
      int length = header & ~DISCARD;
      long next = position + HEADER + (length + 7L & -8L);
      if (next > end) {
        giveUpTo(end);
        break;
      }
      // Set record by record, so that programs get the room back as early as can be.
      if ((header & DISCARD) == 0) {
        delivered++;
        deliver(sink, view(position, length), next);
      } else {
        POSITION.setRelease(consumer, 0L, next);
      }
      position = next;
    }
    return delivered;
  }

  /** A record is read once, even if the sink fails on it: it would fail on it again. */
  private void deliver(Consumer<ByteBuffer> sink, ByteBuffer record, long next) {
    try {
      sink.accept(record);
    } finally {
      POSITION.setRelease(consumer, 0L, next);
    }
  }

  private boolean isImpossible(long position, long end) {
    return (position & 7) != 0 || (end & 7) != 0 || end < position || end - position > mask + 1;
  }

  /** Where the next record begins cannot be known: pass over all that is written so far. */
  private void giveUpTo(long end) {
    malformed++;
    POSITION.setRelease(consumer, 0L, end);
  }

  private ByteBuffer view(long position, int length) {
    MemorySegment record = data.asSlice((position & mask) + HEADER, length);
    return record.asByteBuffer().asReadOnlyBuffer().order(ByteOrder.nativeOrder());
  }

  long malformed() {
    return malformed;
  }
}
