package io.arbalest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.testing.Privileged;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's daemon dies in the middle of {@code lab up}; {@code lab down} finds everything. */
@Privileged
class LabKillFaultTest {
  private static final String FILE =
      Path.of("../docs/labs/two-hosts.yaml").toAbsolutePath().toString();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 11, 14, 17, 20, 24})
  void shouldLeaveNothingWhenKilledAtAnyKernelCall(int call) {
    Machine machine = new Machine(folder);
    machine.killDaemon();
    machine.restartDaemonWithFault(call + ":kill");
    if (machine.daemonLives()) {
      machine.run("lab", "up", FILE);
    }
    machine.killDaemon();
    machine.restartDaemon();
    Machine.Result down = machine.run("lab", "down");
    assertThat(down.out() + down.err()).containsAnyOf("is down", "no lab is up");
    machine.awaitDaemonLeft();
  }
}
