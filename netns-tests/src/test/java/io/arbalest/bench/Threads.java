package io.arbalest.bench;

import java.util.concurrent.Executor;

/** Platform threads for meters: a measured thread must not share its carrier. */
final class Threads {
  static final Executor PLATFORM = task -> Thread.ofPlatform().daemon().start(task);

  private Threads() {}
}
