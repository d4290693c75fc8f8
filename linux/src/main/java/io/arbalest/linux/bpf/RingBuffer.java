package io.arbalest.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.linux.sys.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The reading end of a ring buffer map: records in the order in which programs reserved them. One
 * reader at a time; its methods exclude each other, except that {@link #await} waits without
 * keeping others out.
 */
public final class RingBuffer implements AutoCloseable {
  private static final long PAGE = 4096;
  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;
  private static final short POLLIN = 1;

  /** Bytes of a {@code struct pollfd}. */
  private static final int POLLFD = 8;

  private final BpfMap map;
  private final MemorySegment consumer;
  private final MemorySegment producer;
  private final RingReader reader;
  private boolean open = true;

  private RingBuffer(BpfMap map, MemorySegment consumer, MemorySegment producer) {
    this.map = map;
    this.consumer = consumer;
    this.producer = producer;
    this.reader = new RingReader(consumer, producer, producer.asSlice(PAGE));
  }

  /**
   * Maps the ring into this process; the map stays the caller's, to be closed after the ring.
   *
   * @throws IllegalArgumentException if it is a map of another kind
   * @throws KernelException if the kernel refuses
   */
  public static RingBuffer open(BpfMap map) {
    if (map.spec().kind() != MapKind.RINGBUF) {
      throw new IllegalArgumentException(map + " is no ring buffer but " + map.spec().kind());
    }
    MemorySegment consumer = mmap(map, PAGE, PROT_READ | PROT_WRITE, 0);
    try {
      // The data is mapped twice in a row, so that a record which wraps is in one piece.
      long bytes = PAGE + 2L * map.spec().maxEntries();
      return new RingBuffer(map, consumer, mmap(map, bytes, PROT_READ, PAGE));
    } catch (RuntimeException e) {
      Libc.munmap(consumer.address(), consumer.byteSize());
      throw e;
    }
  }

  private static MemorySegment mmap(BpfMap map, long bytes, int protection, long offset) {
    long address = Libc.mmap(0, bytes, protection, MAP_SHARED, map.fd().number(), offset);
    if (address == -1) {
      throw KernelException.last("mmap " + map);
    }
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /**
   * Hands over the records that are there, without waiting.
   *
   * @param sink gets each record as a read-only view, in the machine's order, that is valid during
   *     the call only
   * @return how many
   */
  public synchronized int drain(Consumer<ByteBuffer> sink) {
    if (!open) {
      throw new IllegalStateException("the ring buffer of " + map + " is closed");
    }
    return reader.drain(sink);
  }

  /**
   * Waits until there is a record.
   *
   * @return false if the time passed without one, or a signal came
   */
  public boolean await(Duration atMost) {
    return awaitAny(List.of(this), atMost);
  }

  /** Waits until there is a record in one of several rings; see {@link #await}. */
  public static boolean awaitAny(List<RingBuffer> rings, Duration atMost) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment poll = arena.allocate((long) POLLFD * rings.size(), Integer.BYTES);
      for (int i = 0; i < rings.size(); i++) {
        poll.set(JAVA_INT, (long) i * POLLFD, rings.get(i).map.fd().number());
        poll.set(JAVA_SHORT, (long) i * POLLFD + 4, POLLIN);
      }
      int timeout = Math.toIntExact(atMost.toMillis());
      int ready = Libc.poll(poll.address(), rings.size(), timeout);
      if (ready < 0 && Libc.errno() != Errno.EINTR.number()) {
        throw KernelException.last("poll " + rings.stream().map(ring -> ring.map).toList());
      }
      return ready > 0;
    }
  }

  /** Records that were passed over because their length cannot be; 0 while the kernel is sane. */
  public synchronized long malformed() {
    return reader.malformed();
  }

  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      Libc.munmap(consumer.address(), consumer.byteSize());
      Libc.munmap(producer.address(), producer.byteSize());
    }
  }
}
