package io.arbalest.linux.netns;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A platform thread for one task that changes the thread beyond repair. */
final class NamespaceThread {
  private NamespaceThread() {}

  /**
   * Runs a task on a fresh platform thread and waits for it. What the task throws is thrown here,
   * with the caller's stack added as a suppressed exception. Interrupting the caller interrupts the
   * task, whose end is awaited all the same, because it may hold resources.
   */
  @SuppressWarnings("unchecked")
  static <T extends @Nullable Object, E extends Exception> T run(
      String name, NamespaceTask<T, E> task) throws E {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().daemon().name(name).start(() -> complete(result, task));
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException e) {
          interrupted = true;
          thread.interrupt();
        } catch (ExecutionException e) {
          // A task throws its own E or something unchecked; there is no third kind.
          throw (E) explained(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  // Everything is handed over to the caller, errors of a test's assertions included.
  @SuppressWarnings("CatchAndPrintStackTrace")
  private static <T extends @Nullable Object, E extends Exception> void complete(
      CompletableFuture<T> result, NamespaceTask<T, E> task) {
    try {
      result.complete(task.call());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private static Exception explained(@Nullable Throwable cause) {
    if (cause == null) {
      throw new IllegalStateException("a task failed without a cause");
    }
    cause.addSuppressed(new Throwable("called from " + Thread.currentThread().getName()));
    if (cause instanceof Error error) {
      throw error;
    }
    return (Exception) cause;
  }
}
