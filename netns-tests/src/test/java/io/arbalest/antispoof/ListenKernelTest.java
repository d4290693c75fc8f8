package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.linux.bpf.Bpffs;
import io.arbalest.testing.Privileged;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread that reads the rings. */
@Privileged
class ListenKernelTest {
  private static final int LOOPBACK = 1;
  private static final byte[] FRAME = new byte[60];

  @TempDir private Path directory;
  private Bpffs pins;
  private Guard guard;

  /** Holds what it heard, and fails on frames of one length. */
  private static final class Heard implements GuardListener {
    static final int BAD = 61;

    final BlockingQueue<DropEvent> drops = new ArrayBlockingQueue<>(1000);
    final BlockingQueue<Integer> pauses = new ArrayBlockingQueue<>(1);

    @Override
    public void onDrop(DropEvent event) {
      if (event.length() == BAD) {
        throw new IllegalStateException("a frame of " + BAD + " bytes");
      }
      drops.add(event);
    }

    @Override
    public void onNote(NotedFrame frame) {
      throw new IllegalStateException("no frame here is of interest");
    }

    @Override
    public void onCaughtUp() {
      pauses.offer(drops.size());
    }

    DropEvent next() throws InterruptedException {
      DropEvent event = drops.poll(30, TimeUnit.SECONDS);
      assertThat(event).isNotNull();
      return event;
    }
  }

  @BeforeEach
  void open() {
    pins = Bpffs.mount(directory.resolve("bpf"));
    guard = Guard.open(pins);
  }

  @AfterEach
  void close() {
    guard.close();
    pins.unmount();
  }

  @Test
  void shouldHearWhatHappenedBeforeAndWhatHappensNow() throws InterruptedException {
    guard.program().testRun(FRAME, LOOPBACK);
    Heard heard = new Heard();
    try (Guard.Listening _ = guard.listen(heard)) {
      assertThat(heard.next().direction()).isEqualTo(Direction.FROM_ZONE);
      guard.reception().testRun(FRAME, LOOPBACK);
      DropEvent now = heard.next();
      assertThat(now.direction()).isEqualTo(Direction.TO_ZONE);
      assertThat(now.reason()).isEqualTo(DropReason.RX_NO_POLICY);
      assertThat(heard.pauses.poll(30, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void shouldGoOnAfterAListenerFailed() throws InterruptedException {
    Heard heard = new Heard();
    BlockingQueue<Throwable> failures = new ArrayBlockingQueue<>(1);
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((_, failure) -> failures.add(failure));
    try (Guard.Listening _ = guard.listen(heard)) {
      guard.program().testRun(new byte[Heard.BAD], LOOPBACK);
      guard.program().testRun(FRAME, LOOPBACK);
      assertThat(heard.next().length()).isEqualTo(FRAME.length);
      assertThat(failures.poll(30, TimeUnit.SECONDS)).hasMessageContaining("61 bytes");
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void shouldHaveOneListenerAndEndItsThread() throws InterruptedException {
    Heard first = new Heard();
    try (Guard.Listening _ = guard.listen(first)) {
      assertThatIllegalStateException().isThrownBy(() -> guard.listen(new Heard()));
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("guard-reports"));
    guard.program().testRun(FRAME, LOOPBACK);

    Heard second = new Heard();
    try (Guard.Listening _ = guard.listen(second)) {
      second.next();
    }
    assertThat(first.drops).isEmpty();
  }
}
