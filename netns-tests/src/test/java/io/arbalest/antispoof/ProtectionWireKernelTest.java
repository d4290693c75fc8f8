package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.testing.Privileged;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The decision tables on the wire: a zone's root sends raw frames, and a victim's zone counts what
 * arrives, first with the rule off and then with it on.
 */
@Privileged
class ProtectionWireKernelTest {
  private static final Map<String, Long> ARRIVED = Map.of("arrived", 1L);

  @TempDir private Path directory;

  @Test
  void shouldDecideEveryRowOfTheTablesOnTheWire() throws InterruptedException {
    List<String> surprises = new ArrayList<>();
    try (Wire wire = new Wire(directory)) {
      for (WireRow row : WireRow.all()) {
        if (row.isSwallowed()) {
          continue;
        }
        wire.protect(row, false);
        check(row + ", rule off", ARRIVED, wire.send(row), surprises);
        wire.protect(row, true);
        Map<String, Long> wanted =
            row.reason().map(DropReason::label).map(label -> Map.of(label, 1L)).orElse(ARRIVED);
        check(row + ", rule on", wanted, wire.send(row), surprises);
      }
    }
    assertThat(surprises).isEmpty();
  }

  private static void check(
      String what, Map<String, Long> wanted, Map<String, Long> moved, List<String> surprises) {
    if (!moved.equals(wanted)) {
      surprises.add("%s: %s moved, not %s".formatted(what, moved, wanted));
    }
  }
}
