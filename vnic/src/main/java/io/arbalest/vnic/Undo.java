package io.arbalest.vnic;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What takes back the steps done so far. Closed before {@link #keep}, it does so in reverse, and
 * goes on when one of them fails: the first failure is thrown after all were tried. For one thread.
 */
final class Undo implements AutoCloseable {
  private final Deque<Runnable> inverses = new ArrayDeque<>();

  /** Notes the inverse of a step that has just been done. */
  void push(Runnable inverse) {
    inverses.push(inverse);
  }

  /** The whole is done and stays. */
  void keep() {
    inverses.clear();
  }

  @Override
  public void close() {
    RuntimeException first = null;
    while (!inverses.isEmpty()) {
      try {
        inverses.pop().run();
      } catch (RuntimeException e) {
        first = first == null ? e : suppress(first, e);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static RuntimeException suppress(RuntimeException first, RuntimeException next) {
    first.addSuppressed(next);
    return first;
  }
}
