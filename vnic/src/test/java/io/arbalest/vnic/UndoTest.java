package io.arbalest.vnic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoTest {
  private final List<String> done = new ArrayList<>();
  private final Undo undo = new Undo();

  @Test
  void shouldTakeBackInReverse() {
    undo.push(() -> done.add("first"));
    undo.push(() -> done.add("second"));
    undo.close();
    undo.close();
    assertThat(done).containsExactly("second", "first");
  }

  @Test
  void shouldKeepWhatIsComplete() {
    undo.push(() -> done.add("first"));
    undo.keep();
    undo.close();
    assertThat(done).isEmpty();
  }

  @Test
  void shouldGoOnWhenAnInverseFails() {
    undo.push(() -> done.add("first"));
    undo.push(() -> fail("second"));
    undo.push(() -> fail("third"));
    assertThatThrownBy(undo::close)
        .hasMessage("third")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(done).containsExactly("first");
  }

  private static void fail(String step) {
    throw new IllegalStateException(step);
  }
}
