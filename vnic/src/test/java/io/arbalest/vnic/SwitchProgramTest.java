package io.arbalest.vnic;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.bpf.asm.Bytecode;
import io.arbalest.linux.bpf.asm.TcAction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SwitchProgramTest {
  /** What the guard of the listing leaves on frames that pass. */
  private static final int MARK = 0x0a12ba1e;

  private final Bytecode program = SwitchProgram.assemble(MARK);

  @Test
  void shouldBeTheProgramThatWasReviewed() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("switch.lst")) {
      String reviewed =
          new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(program.listing()).isEqualTo(reviewed);
    }
  }

  @Test
  void shouldUseTheTablesOfTheLayoutOnly() {
    assertThat(program.maps())
        .containsExactlyInAnyOrder(
            SwitchLayout.FORWARD,
            SwitchLayout.SHARED,
            SwitchLayout.PORTS,
            SwitchLayout.SWITCHES,
            SwitchLayout.COUNTERS);
  }

  @Test
  void shouldAskForNoMarkIfTheGuardLeavesNone() {
    assertThat(program.listing()).contains("unguarded");
    assertThat(SwitchProgram.assemble(0).listing()).doesNotContain("unguarded");
  }

  @Test
  void shouldNeverPassAFrameToTheHost() {
    String main = program.listing().substring(0, program.listing().indexOf("copy_to_member:"));
    assertThat(main.lines().filter(line -> line.matches(" *\\d+ {2}r0 = .*")))
        .isNotEmpty()
        .allMatch(
            line ->
                line.contains("r0 = " + TcAction.SHOT) || line.endsWith("r0 = " + TcAction.STOLEN));
  }
}
