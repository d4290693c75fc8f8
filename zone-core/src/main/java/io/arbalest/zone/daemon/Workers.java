package io.arbalest.zone.daemon;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The daemon's threads: one for what changes state, in order of arrival, and some for what reads.
 * None of them ever enters a namespace.
 */
final class Workers implements AutoCloseable {
  private static final int MAX_WAITING = 256;
  private static final int MAX_READERS = 32;
  private static final Duration LAST_CHANGE = Duration.ofSeconds(30);

  private final ScheduledThreadPoolExecutor changes =
      new ScheduledThreadPoolExecutor(1, threads("changes"));
  private final ThreadPoolExecutor reads =
      new ThreadPoolExecutor(
          0, MAX_READERS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), threads("reads"));
  private final CompletableFuture<Void> settled = new CompletableFuture<>();

  Workers() {
    changes.setRemoveOnCancelPolicy(true);
    changes.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static ThreadFactory threads(String name) {
    return task -> Thread.ofPlatform().daemon().name(name).unstarted(task);
  }

  /**
   * Runs a change after those before it.
   *
   * @throws RejectedExecutionException if too many are waiting
   */
  void change(Runnable task) {
    if (changes.getQueue().size() >= MAX_WAITING) {
      throw new RejectedExecutionException(MAX_WAITING + " changes are waiting already");
    }
    changes.execute(task);
  }

  /**
   * Runs a read beside whatever runs, but not before the daemon has settled.
   *
   * @throws RejectedExecutionException if too many are running
   */
  void read(Runnable task) {
    reads.execute(
        () -> {
          settled.join();
          task.run();
        });
  }

  /** For answers that do not wait for the daemon to settle. */
  Executor readers() {
    return reads;
  }

  /** Lets reads begin. */
  void settled() {
    settled.complete(null);
  }

  boolean isSettled() {
    return settled.isDone();
  }

  /** Runs a task on the thread of changes after a while, unless the daemon ends before. */
  @SuppressWarnings("FutureReturnValueIgnored")
  void later(Duration delay, Runnable task) {
    if (!changes.isShutdown()) {
      changes.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Lets the changes that wait finish, for a bounded time, and starts no more. */
  @Override
  public void close() {
    changes.shutdown();
    try {
      if (!changes.awaitTermination(LAST_CHANGE.toMillis(), TimeUnit.MILLISECONDS)) {
        changes.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reads.shutdownNow();
  }
}
