package io.arbalest.linux.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class NamespaceThreadTest {
  @Test
  void shouldRunOnAThreadOfItsOwnAndReturnTheResult() {
    Thread caller = Thread.currentThread();
    Thread worker = NamespaceThread.run("worker", Thread::currentThread);
    assertThat(worker).isNotSameAs(caller);
    assertThat(worker.isVirtual()).isFalse();
    assertThat(worker.getName()).isEqualTo("worker");
  }

  @Test
  void shouldThrowWhatTheTaskThrows() {
    IOException checked = new IOException("no route");
    assertThatThrownBy(() -> NamespaceThread.run("t", () -> fail(checked))).isSameAs(checked);
    assertThat(checked.getSuppressed()).hasSize(1);
    AssertionError error = new AssertionError("broken");
    assertThatThrownBy(
            () ->
                NamespaceThread.run(
                    "t",
                    () -> {
                      throw error;
                    }))
        .isSameAs(error);
  }

  @Test
  void shouldPassAnInterruptOnAndStillWait() {
    AtomicBoolean seen = new AtomicBoolean();
    Thread.currentThread().interrupt();
    NamespaceThread.run(
        "t",
        () -> {
          try {
            Thread.sleep(10_000);
          } catch (InterruptedException e) {
            seen.set(true);
          }
          return "done";
        });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(seen).isTrue();
  }

  private static String fail(IOException e) throws IOException {
    throw e;
  }
}
