package io.arbalest.antispoof;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.testing.Privileged;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The decision tables on the wire: a zone's root sends raw frames, and a victim's zone counts what
 * arrives, first with the rule off and then with it on.
 */
@Privileged
class ProtectionWireKernelTest {
  @TempDir private Path directory;

  @Test
  void shouldDecideEveryRowOfTheTablesOnTheWire() throws InterruptedException {
    List<WireRow> rows = WireRow.all().stream().filter(row -> !row.isSwallowed()).toList();
    Map<WireRow, String> fates = new LinkedHashMap<>();
    rows.forEach(row -> fates.put(row, row.reason().map(DropReason::label).orElse("arrived")));
    assertThat(surprises(fates)).isEmpty();
  }

  /** What an attacker would try beyond the tables' rows. */
  @Test
  void shouldSeeThroughFramesThatHideSomething() throws InterruptedException {
    DecisionTable.Policy policy =
        new DecisionTable.Policy(DecisionTable.STATIC, DecisionTable.STATIC.flags());
    Map<WireRow, String> fates = new LinkedHashMap<>();
    HostileFrames.all()
        .forEach(
            (name, hostile) ->
                fates.put(
                    new WireRow(
                        name,
                        policy,
                        hostile.frame(),
                        false,
                        Direction.FROM_ZONE,
                        Optional.empty()),
                    hostile.fate()));
    assertThat(surprises(fates)).isEmpty();
  }

  /** Sends each frame with its rule off, when it has to arrive, and then with it on. */
  private List<String> surprises(Map<WireRow, String> fates) throws InterruptedException {
    List<String> surprises = new ArrayList<>();
    try (Wire wire = new Wire(directory)) {
      for (WireRow row : fates.keySet()) {
        check(row + ", rule off", "arrived", wire.send(row), surprises);
      }
      for (Map.Entry<WireRow, String> fate : fates.entrySet()) {
        wire.protect(fate.getKey());
        check(fate.getKey().name(), fate.getValue(), wire.send(fate.getKey()), surprises);
      }
    }
    return surprises;
  }

  private static void check(
      String what, String wanted, Map<String, Long> moved, List<String> surprises) {
    if (!moved.equals(Map.of(wanted, 1L))) {
      surprises.add("%s: %s moved, not %s".formatted(what, moved, wanted));
    }
  }
}
