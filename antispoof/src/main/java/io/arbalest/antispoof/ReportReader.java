package io.arbalest.antispoof;

import io.arbalest.linux.bpf.BpfObjects;
import io.arbalest.linux.bpf.RingBuffer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The thread that reads the rings. What the listener throws goes to the thread's handler of
 * uncaught exceptions, and the reading goes on.
 */
final class ReportReader implements Guard.Listening {
  /** How long it takes at most to hear that it shall stop, or that nothing happened. */
  private static final Duration TURN = Duration.ofMillis(100);

  private final RingBuffer events;
  private final RingBuffer notes;
  private final GuardListener listener;
  private final Runnable closed;
  private final Thread thread;
  private volatile boolean stopping;

  /**
   * Starts to read.
   *
   * @param closed is run when it has ended
   */
  ReportReader(BpfObjects maps, GuardListener listener, Runnable closed) {
    this.listener = listener;
    this.closed = closed;
    this.events = RingBuffer.open(maps.map(GuardMaps.EVENTS.name()));
    try {
      this.notes = RingBuffer.open(maps.map(GuardMaps.NOTES.name()));
    } catch (RuntimeException e) {
      events.close();
      throw e;
    }
    this.thread = Thread.ofPlatform().daemon().name("guard-reports").start(this::run);
  }

  private void run() {
    while (!stopping) {
      RingBuffer.awaitAny(List.of(events, notes), TURN);
      while (!stopping && drain() > 0) {
        // A flood is read in turns, so that each kind is heard.
      }
      tell(listener, GuardListener::onCaughtUp);
    }
  }

  private int drain() {
    return notes.drain(record -> hear(record, ReportCodec::note, listener::onNote))
        + events.drain(record -> hear(record, ReportCodec::event, listener::onDrop));
  }

  private static <T> void hear(
      ByteBuffer record, Function<ByteBuffer, Optional<T>> codec, Consumer<T> listener) {
    codec.apply(record).ifPresent(heard -> tell(heard, listener));
  }

  private static <T> void tell(T heard, Consumer<T> listener) {
    try {
      listener.accept(heard);
    } catch (RuntimeException e) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  @Override
  public void close() {
    stopping = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    events.close();
    notes.close();
    closed.run();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
