package io.arbalest.antispoof;

import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R10;
import static io.arbalest.linux.bpf.asm.Register.R2;
import static io.arbalest.linux.bpf.asm.Register.R3;
import static io.arbalest.linux.bpf.asm.Register.R4;
import static io.arbalest.linux.bpf.asm.Register.R6;
import static io.arbalest.linux.bpf.asm.Register.R7;
import static io.arbalest.linux.bpf.asm.Register.R8;
import static io.arbalest.linux.bpf.asm.Register.R9;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Step;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.SkBuff;
import io.arbalest.linux.bpf.asm.TcAction;

/**
 * Writes loops. The body is a function of its own that {@code bpf_loop} calls back, so that the
 * verifier need not follow each round. There R6, R8 and R9 are as in the program, R7 is the end of
 * the program's stack. What the body decides it leaves as a {@link Decision}, and stops the loop.
 */
final class LoopCompiler {
  private static final int GO_ON = 0;
  private static final int STOP = 1;

  /** The program's stack: the frame's context and the scratch, which only a stack can keep. */
  private static final int FRAME = -8;

  private static final int SCRATCH = -16;

  private final CodeWriter out;
  private final StepCompiler steps;
  private final CondCompiler conditions;

  LoopCompiler(CodeWriter out, StepCompiler steps, CondCompiler conditions) {
    this.out = out;
    this.steps = steps;
    this.conditions = conditions;
  }

  /** One round more than the bound, as the last one only asks whether the condition still holds. */
  void repeat(Step.Repeat repeat) {
    Label body = out.label("loop");
    int proven = out.proven();
    out.later(() -> body(repeat, body, proven));
    if (!out.calledBack()) {
      out.asm.store(Size.DOUBLE, R10, FRAME, R6).store(Size.DOUBLE, R10, SCRATCH, R9);
      out.keep(Size.DOUBLE, Scratch.DECISION, Decision.NONE);
    }
    out.asm.mov(R1, repeat.bound() + 1).loadFunction(R2, body);
    out.asm.mov(R3, out.calledBack() ? R7 : R10).mov(R4, 0).call(Helper.LOOP);
    decided();
  }

  /** Does what the body decided, if it did. */
  private void decided() {
    Label undecided = out.label("undecided");
    out.fetch(Size.DOUBLE, R1, Scratch.DECISION);
    out.jump(JumpOp.JEQ, R1, Decision.NONE, undecided);
    if (out.calledBack()) {
      out.exit(STOP);
    } else {
      Label drop = out.label("drop_decided");
      out.jump(JumpOp.JNE, R1, Decision.PASS, drop);
      out.exit(TcAction.UNSPEC);
      out.bind(drop);
      out.asm.add(R1, -Decision.FIRST_DROP);
      out.keep(Size.DOUBLE, Scratch.REASON, R1);
      out.jump(out.dropForReason());
    }
    out.bind(undecided);
  }

  private void body(Step.Repeat repeat, Label body, int proven) {
    int round = out.scratch.slot();
    Label done = out.label("done");
    out.begin(body, proven);
    out.asm.mov(R7, R2).load(Size.DOUBLE, R6, R7, FRAME).load(Size.DOUBLE, R9, R7, SCRATCH);
    out.asm.load(Size.WORD, R8, R6, SkBuff.LEN);
    out.keep(Size.DOUBLE, round, R1);
    conditions.jump(repeat.condition(), false, done);
    out.fetch(Size.DOUBLE, R1, round);
    out.asm.comment(repeat.exhausted().rule());
    out.jump(JumpOp.JGE, R1, repeat.bound(), out.drop(repeat.exhausted().reason()));
    steps.steps(repeat.body());
    if (out.reached()) {
      out.exit(GO_ON);
    }
    out.bindIfUsed(done);
    if (out.reached()) {
      out.exit(STOP);
    }
    out.drops().forEach(this::drop);
  }

  private void drop(DropReason reason, Label label) {
    out.bind(label);
    decide(Decision.of(reason));
  }

  /** Leaves a decision and stops the loop. */
  void decide(int decision) {
    out.keep(Size.DOUBLE, Scratch.DECISION, decision);
    out.exit(STOP);
  }
}
