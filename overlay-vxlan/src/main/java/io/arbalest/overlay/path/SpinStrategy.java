package io.arbalest.overlay.path;

import io.arbalest.linux.sys.Libc;
import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;

/**
 * Keeps the loop awake for some microseconds after its last work, politely: it looks, gives the CPU
 * away, and looks again.
 *
 * <p>Waking a thread on another CPU costs more than everything else that the path does for a small
 * packet, and the answer to one is usually microseconds away. When the CPU comes back late, others
 * want it: then the time shrinks, to nothing if need be, and grows again while it comes back soon.
 */
final class SpinStrategy implements SelectStrategy {
  /** A yield that takes longer than this ran into somebody's time slice. */
  private static final long LATE_NANOS = 300_000;

  private static final long STEP_NANOS = 500;

  /** How often the handles that are not hot are looked at: once in so many rounds. */
  private static final int ROUNDS_PER_SELECT = 4;

  /** Rounds of work after which tasks and timers get their turn. */
  private static final int MAX_ROUNDS_OF_WORK = 64;

  private final HotPollers hot;
  private final long fullNanos;
  private long nanos;

  SpinStrategy(HotPollers hot, long fullNanos) {
    this.hot = hot;
    this.fullNanos = fullNanos;
    nanos = fullNanos;
  }

  @Override
  public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
    int ready = selectNow.get();
    if (ready > 0 || hasTasks) {
      return ready;
    }
    return nanos == 0 ? sleep() : spin(selectNow);
  }

  private int spin(IntSupplier selectNow) throws Exception {
    int worked = 0;
    long now = System.nanoTime();
    long end = now + nanos;
    for (int round = 1; now < end; round++) {
      if (hot.poll()) {
        if (++worked == MAX_ROUNDS_OF_WORK) {
          return selectNow.get();
        }
        now = System.nanoTime();
        end = now + nanos;
      } else {
        now = giveWay();
      }
      if (round % ROUNDS_PER_SELECT == 0) {
        int ready = selectNow.get();
        if (ready > 0) {
          return ready;
        }
      }
    }
    return SelectStrategy.SELECT;
  }

  private int sleep() {
    nanos = Math.min(fullNanos, STEP_NANOS);
    return SelectStrategy.SELECT;
  }

  private long giveWay() {
    long away = System.nanoTime();
    Libc.sched_yield();
    long back = System.nanoTime();
    adapt(back - away);
    return back;
  }

  /** Learns from one yield: how long the CPU was away, in nanoseconds. */
  void adapt(long away) {
    nanos = away > LATE_NANOS ? nanos / 2 : Math.min(fullNanos, nanos + STEP_NANOS);
  }

  /** How long it spins now. */
  long nanos() {
    return nanos;
  }
}
