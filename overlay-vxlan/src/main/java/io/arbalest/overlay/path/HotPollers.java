package io.arbalest.overlay.path;

import org.jspecify.annotations.Nullable;

/**
 * The handles that had work last, which are the likeliest to have some next.
 *
 * <p>Asking one costs a read that fails; asking epoll costs that, and again the read. So a spinning
 * loop asks these directly, and epoll for the rest now and then. Used on the loop's thread.
 */
final class HotPollers {
  private static final int CAPACITY = 4;

  private final @Nullable Poller[] recent = new @Nullable Poller[CAPACITY];
  private int next;

  /** A handle had work. */
  void touch(Poller handle) {
    for (Poller known : recent) {
      if (known == handle) {
        return;
      }
    }
    recent[next] = handle;
    next = (next + 1) % CAPACITY;
  }

  /** A handle is leaving the loop. */
  void forget(Poller handle) {
    for (int i = 0; i < CAPACITY; i++) {
      if (recent[i] == handle) {
        recent[i] = null;
      }
    }
  }

  /** Whether one of them had work. */
  boolean poll() {
    boolean worked = false;
    for (Poller handle : recent) {
      worked |= handle != null && handle.poll();
    }
    return worked;
  }
}
