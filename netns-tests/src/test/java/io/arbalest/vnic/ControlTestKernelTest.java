package io.arbalest.vnic;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.TestInput;
import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Register;
import io.arbalest.linux.net.MacAddress;
import io.arbalest.testing.Privileged;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The test for control frames alone, by BPF_PROG_TEST_RUN: 1 for control, 0 for all others. */
@Privileged
class ControlTestKernelTest {
  private static final Protocols FRAMES =
      new Protocols(MacAddress.parse("2:8:20:0:0:2"), MacAddress.parse("2:8:20:0:0:1"));

  private BpfProgram program;

  @BeforeEach
  void load() {
    Assembler asm = new Assembler("control_test");
    Label control = asm.label("control");
    Label other = asm.label("other");
    asm.mov(Register.R6, Register.R1);
    new ControlTest(asm, control, other).emit();
    asm.bind(control).mov(Register.R0, 1).exit();
    asm.bind(other).mov(Register.R0, 0).exit();
    program = BpfProgram.load(asm.assemble(), Map.of());
  }

  @AfterEach
  void unload() {
    program.close();
  }

  private int verdict(byte[] frame) {
    return program.testRun(TestInput.of(frame)).verdict();
  }

  @Test
  void shouldTellControlFromTheRest() {
    FRAMES.control().forEach((name, frame) -> assertThat(verdict(frame)).as(name).isEqualTo(1));
    FRAMES.other().forEach((name, frame) -> assertThat(verdict(frame)).as(name).isZero());
  }

  /** Whatever else differs: no DHCP message for a client and no advertisement goes straight. */
  @Test
  void shouldNotBeLedAstrayByTheRestOfTheFrame() {
    Random random = new Random(2026);
    for (int i = 0; i < 2000; i++) {
      FRAMES.control().forEach((name, frame) -> assertControl(name, frame, random));
    }
  }

  private void assertControl(String name, byte[] frame, Random random) {
    byte[] changed = frame.clone();
    for (int at = 58; at < changed.length; at++) {
      changed[at] = (byte) random.nextInt();
    }
    changed[0] = (byte) (random.nextInt() & 0xfe);
    assertThat(verdict(changed)).as(name).isEqualTo(1);
  }
}
