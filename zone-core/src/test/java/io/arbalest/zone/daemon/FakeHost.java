package io.arbalest.zone.daemon;

import io.arbalest.zone.HostSpec;
import io.arbalest.zone.plan.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A host that remembers what happened to it. */
final class FakeHost implements ManagedHost {
  final List<String> happened = Collections.synchronizedList(new ArrayList<>());
  final CountDownLatch maySettle = new CountDownLatch(1);
  private volatile HostSpec desired = HostSpec.EMPTY;

  @Override
  public void settle(Progress progress) {
    try {
      maySettle.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    happened.add("settle");
  }

  @Override
  public void converge(HostSpec wanted, Progress progress) {
    if (wanted.zones().size() > 1) {
      throw new IllegalStateException("create zone web: No space left on device (ENOSPC)");
    }
    progress.report("converge to " + wanted.zones().size() + " zones");
    desired = wanted;
  }

  @Override
  public HostSpec desired() {
    return desired;
  }

  @Override
  public Object state() {
    return List.of("state");
  }

  @Override
  public List<String> problems() {
    return List.of();
  }

  @Override
  public boolean isEmpty() {
    return desired.isEmpty();
  }

  @Override
  public void vacate() {
    happened.add("vacate");
  }

  @Override
  public void close() {
    happened.add("close");
  }
}
