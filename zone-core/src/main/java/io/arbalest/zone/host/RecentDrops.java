package io.arbalest.zone.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A ring of the last drops. Every drop has a number that only grows; a follower remembers the
 * number it has come to, so it costs nothing while it waits and holds up nobody while it is slow.
 */
final class RecentDrops implements DropLog, AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Drop number {@code n} is in slot {@code n % CAPACITY}. */
  private final @Nullable SeenDrop[] ring = new SeenDrop[CAPACITY];

  private long count;
  private boolean closed;

  /** Remembers a drop; never waits for a follower. */
  void add(SeenDrop drop) {
    lock.lock();
    try {
      ring[slot(count++)] = drop;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static int slot(long number) {
    return (int) (number % CAPACITY);
  }

  @Override
  public List<SeenDrop> recent() {
    lock.lock();
    try {
      List<SeenDrop> drops = new ArrayList<>();
      for (long number = oldest(); number < count; number++) {
        at(number).ifPresent(drops::add);
      }
      return drops;
    } finally {
      lock.unlock();
    }
  }

  private long oldest() {
    return Math.max(0, count - CAPACITY);
  }

  private Optional<SeenDrop> at(long number) {
    return Optional.ofNullable(ring[slot(number)]);
  }

  @Override
  public Following follow(Consumer<SeenDrop> listener) {
    lock.lock();
    try {
      return new Follower(listener, count);
    } finally {
      lock.unlock();
    }
  }

  /** Ends all followings. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private final class Follower implements Following {
    private final Consumer<SeenDrop> listener;
    private final Thread thread;

    /** The number of the drop that is told next. */
    private long next;

    private long missed;
    private boolean ended;

    Follower(Consumer<SeenDrop> listener, long next) {
      this.listener = listener;
      this.next = next;
      this.thread = Thread.ofVirtual().name("drops").start(this::run);
    }

    private void run() {
      try {
        Optional<SeenDrop> drop = take();
        while (drop.isPresent()) {
          listener.accept(drop.get());
          drop = take();
        }
      } catch (InterruptedException e) {
        // That is how a following ends.
      }
    }

    /** The next drop, waiting for it; empty at the end. */
    private Optional<SeenDrop> take() throws InterruptedException {
      lock.lockInterruptibly();
      try {
        while (next == count && !ended && !closed) {
          changed.await();
        }
        if (ended || closed) {
          return Optional.empty();
        }
        missed += Math.max(0, oldest() - next);
        next = Math.max(oldest(), next);
        return at(next++);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public long missed() {
      lock.lock();
      try {
        return missed;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        ended = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      thread.interrupt();
    }
  }
}
