package io.arbalest.linux.bpf;

import static io.arbalest.linux.bpf.asm.Register.R0;
import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R10;
import static io.arbalest.linux.bpf.asm.Register.R2;
import static io.arbalest.linux.bpf.asm.Register.R3;
import static io.arbalest.linux.bpf.asm.Register.R4;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Bytecode;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.testing.Privileged;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Privileged
class BpfCallbackKernelTest {
  /** Sums 0 to 99 in a callback, under names that are no identifiers of C. */
  private static Bytecode sum() {
    Assembler asm = new Assembler("7.sum");
    Label callback = asm.label("add-up.1");
    return asm.store(Size.DOUBLE, R10, -8, 0)
        .mov(R1, 100)
        .loadFunction(R2, callback)
        .mov(R3, R10)
        .add(R3, -8)
        .mov(R4, 0)
        .call(Helper.LOOP)
        .load(Size.DOUBLE, R0, R10, -8)
        .exit()
        .bind(callback)
        .load(Size.DOUBLE, R3, R2, 0)
        .add(R3, R1)
        .store(Size.DOUBLE, R2, 0, R3)
        .mov(R0, 0)
        .exit()
        .assemble();
  }

  @Test
  void shouldCallBack() {
    try (BpfProgram program = BpfProgram.load(sum(), Map.of())) {
      assertThat(program.testRun(new byte[64]).verdict()).isEqualTo(4950);
    }
  }
}
