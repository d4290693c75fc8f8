package io.arbalest.cli.protection;

import io.arbalest.cli.verb.Session;
import io.arbalest.vnic.VnicKey;
import io.arbalest.zone.host.DropLog;
import io.arbalest.zone.host.SeenDrop;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows the drops until the caller goes away. The listener hands them over through a short queue:
 * when the caller reads slowly it waits, and the log counts what it passes over meanwhile.
 */
final class Follower {
  private static final int QUEUE = 256;
  private static final int GLANCE_MILLIS = 200;

  private final DropLog log;
  private final Session session;
  private final BlockingQueue<SeenDrop> queue = new ArrayBlockingQueue<>(QUEUE);

  Follower(DropLog log, Session session) {
    this.log = log;
    this.session = session;
  }

  /**
   * Tells what there is, then what comes; none twice, and none left out in between.
   *
   * @return how many came too fast
   */
  long tell(int most, Optional<VnicKey> only, Consumer<SeenDrop> sink) {
    try (DropLog.Following following = log.follow(this::put)) {
      List<SeenDrop> recent = log.recent();
      Set<SeenDrop> told = Collections.newSetFromMap(new IdentityHashMap<>());
      told.addAll(recent);
      Drops.last(most, only, recent).forEach(sink);
      while (session.output().isOpen()) {
        SeenDrop next = queue.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null && !told.remove(next) && Drops.isOf(only, next)) {
          sink.accept(next);
        }
      }
      return following.missed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private void put(SeenDrop drop) {
    try {
      queue.put(drop);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
