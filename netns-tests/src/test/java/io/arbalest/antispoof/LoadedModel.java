package io.arbalest.antispoof;

import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R2;
import static io.arbalest.linux.bpf.asm.Register.R3;
import static io.arbalest.linux.bpf.asm.Register.R6;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.linux.bpf.BpfObjects;
import io.arbalest.linux.bpf.BpfProgram;
import io.arbalest.linux.bpf.TestInput;
import io.arbalest.linux.bpf.TestRun;
import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Bytecode;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Register;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.SkBuff;
import io.arbalest.linux.bpf.asm.Statement;
import io.arbalest.linux.bpf.asm.TcAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A compiled model in the kernel, behind a prologue that gives a frame the VLAN tag that it shall
 * have lost: a test run takes no tag off by itself.
 */
final class LoadedModel implements AutoCloseable {
  /** The loopback, at which frames are judged. */
  static final int PORT = 1;

  /** Words of the context that tell the prologue the tag; protocol 0 is none. */
  private static final int PROTOCOL = SkBuff.CB + 4;

  private static final int CONTROL = SkBuff.CB + 8;

  /** Bytes of payload in each part of an aggregate. */
  private static final int SEGMENT = 100;

  private final BpfProgram program;

  LoadedModel(BpfObjects maps, Direction direction, RuleModel model) {
    this.program = maps.load(behindPrologue(BpfCompiler.compile(direction, model)));
  }

  private static Bytecode behindPrologue(Bytecode code) {
    Assembler asm = new Assembler(code.name());
    Label end = asm.label("end");
    asm.mov(R6, R1).load(Size.WORD, R2, R6, PROTOCOL).jump(JumpOp.JEQ, R2, 0, end);
    asm.load(Size.WORD, R3, R6, CONTROL).call(Helper.SKB_VLAN_PUSH);
    asm.bind(end).mov(Register.R1, R6);
    List<Statement> all = new ArrayList<>(asm.assemble().statements());
    all.addAll(code.statements());
    return new Bytecode(code.name(), all);
  }

  /** Why a dry run drops the frame; empty if it passes. */
  Optional<DropReason> rehearse(Frame frame) {
    TestRun run = program.testRun(input(frame).with(SkBuff.MARK, DryRun.MARK));
    if (run.verdict() == TcAction.UNSPEC) {
      return Optional.empty();
    }
    int number = run.context(DryRun.REASON) - 1;
    return Arrays.stream(DropReason.values()).filter(r -> r.number() == number).findFirst();
  }

  /** Whether the frame passes; this run leaves its traces. */
  boolean passes(Frame frame) {
    return program.testRun(input(frame)).verdict() == TcAction.UNSPEC;
  }

  private static TestInput input(Frame frame) {
    TestInput input =
        TestInput.of(frame.bytes())
            .ifindex(PORT)
            .with(SkBuff.GSO_SIZE, frame.aggregate() ? SEGMENT : 0);
    return frame
        .tag()
        .map(
            tag ->
                input
                    .with(PROTOCOL, Short.reverseBytes((short) tag.protocol()) & 0xffff)
                    .with(CONTROL, tag.control()))
        .orElse(input);
  }

  @Override
  public void close() {
    program.close();
  }
}
