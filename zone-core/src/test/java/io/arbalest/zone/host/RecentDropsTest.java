package io.arbalest.zone.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.DropEvent;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.vnic.VnicKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecentDropsTest {
  private final RecentDrops drops = new RecentDrops();

  @AfterEach
  void close() {
    drops.close();
  }

  private static SeenDrop drop(long number) {
    DropEvent event =
        new DropEvent(number, 7, Direction.FROM_ZONE, DropReason.IPV4_SOURCE, 60, new byte[14], 0);
    return new SeenDrop(Optional.of(VnicKey.parse("web/net0")), event, number);
  }

  private List<Long> remembered() {
    return drops.recent().stream().map(SeenDrop::wallMillis).toList();
  }

  @Test
  void remembersInOrder() {
    assertThat(drops.recent()).isEmpty();
    drops.add(drop(1));
    drops.add(drop(2));
    assertThat(remembered()).containsExactly(1L, 2L);
  }

  @Test
  void forgetsTheOldestFirst() {
    LongStream.range(0, DropLog.CAPACITY + 10L).forEach(number -> drops.add(drop(number)));
    assertThat(remembered())
        .hasSize(DropLog.CAPACITY)
        .startsWith(10L, 11L)
        .endsWith(DropLog.CAPACITY + 9L);
  }

  @Test
  void tellsAFollowerWhatComesAfterIt() throws InterruptedException {
    BlockingQueue<Long> told = new LinkedBlockingQueue<>();
    drops.add(drop(1));
    try (DropLog.Following following = drops.follow(seen -> told.add(seen.wallMillis()))) {
      drops.add(drop(2));
      drops.add(drop(3));
      assertThat(told.take()).isEqualTo(2);
      assertThat(told.take()).isEqualTo(3);
      assertThat(following.missed()).isZero();
    }
  }

  @Test
  void passesOverWhatASlowFollowerDidNotTake() throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    BlockingQueue<Long> told = new LinkedBlockingQueue<>();
    try (DropLog.Following following =
        drops.follow(
            seen -> {
              busy.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              told.add(seen.wallMillis());
            })) {
      drops.add(drop(0));
      busy.await();
      LongStream.rangeClosed(1, DropLog.CAPACITY + 5L).forEach(number -> drops.add(drop(number)));
      go.countDown();
      assertThat(told.take()).isZero();
      assertThat(told.take()).isEqualTo(6);
      assertThat(following.missed()).isEqualTo(5);
    }
  }

  @Test
  void tellsNothingAfterTheEnd() throws InterruptedException {
    BlockingQueue<Long> closed = new LinkedBlockingQueue<>();
    BlockingQueue<Long> open = new LinkedBlockingQueue<>();
    drops.follow(seen -> closed.add(seen.wallMillis())).close();
    try (DropLog.Following following = drops.follow(seen -> open.add(seen.wallMillis()))) {
      drops.add(drop(1));
      assertThat(open.take()).isEqualTo(1);
      assertThat(following.missed()).isZero();
    }
    assertThat(closed).isEmpty();
  }
}
