package io.arbalest.linux.probe;

import static io.arbalest.linux.bpf.asm.Register.R0;
import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R2;
import static io.arbalest.linux.bpf.asm.Register.R3;
import static io.arbalest.linux.bpf.asm.Register.R4;

import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Bytecode;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.Label;

/** The smallest programs that use what is asked for. */
final class Tiny {
  private Tiny() {}

  /** Answers 0. */
  static Bytecode pass() {
    return new Assembler("probe_pass").mov(R0, 0).exit().assemble();
  }

  /** Calls a function back once. */
  static Bytecode loop() {
    Assembler asm = new Assembler("probe_loop");
    Label callback = asm.label("probe_callback");
    return asm.mov(R1, 1)
        .loadFunction(R2, callback)
        .mov(R3, 0)
        .mov(R4, 0)
        .call(Helper.LOOP)
        .mov(R0, 0)
        .exit()
        .bind(callback)
        .mov(R0, 0)
        .exit()
        .assemble();
  }
}
