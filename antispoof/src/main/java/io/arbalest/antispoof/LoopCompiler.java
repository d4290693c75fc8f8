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

import io.arbalest.antispoof.rules.Step;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.SkBuff;
import io.arbalest.linux.bpf.asm.TcAction;

/**
 * Writes loops. The body is a function of its own that {@code bpf_loop} calls back, so that the
 * verifier reads it once and not once for each round. There R6, R8 and R9 are as in the program and
 * R7 is the end of the program's stack, where all variables stay. What the body decides it leaves
 * there as a {@link Decision}, and stops the loop.
 */
final class LoopCompiler {
  private static final int GO_ON = 0;
  private static final int STOP = 1;

  /** The function's own stack: which round this is, counted from 0. */
  private static final int ROUND = -8;

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
      out.keep(Size.DOUBLE, StackLayout.FRAME, R6);
      out.keep(Size.DOUBLE, StackLayout.DECISION, Decision.NONE);
    }
    out.asm.mov(R1, repeat.bound() + 1).loadFunction(R2, body).mov(R3, out.base()).mov(R4, 0);
    out.asm.call(Helper.LOOP);
    decided();
  }

  /** Does what the body decided, if it did. */
  private void decided() {
    Label undecided = out.label("undecided");
    if (out.calledBack()) {
      out.fetch(Size.DOUBLE, R1, StackLayout.DECISION);
      out.jump(JumpOp.JEQ, R1, Decision.NONE, undecided);
      out.exit(STOP);
    } else {
      Label drop = out.label("drop_decided");
      out.fetch(Size.DOUBLE, R7, StackLayout.DECISION);
      out.jump(JumpOp.JEQ, R7, Decision.NONE, undecided);
      out.jump(JumpOp.JNE, R7, Decision.PASS, drop);
      out.exit(TcAction.UNSPEC);
      out.bind(drop);
      out.asm.add(R7, -Decision.FIRST_DROP);
      out.jump(out.dropR7());
    }
    out.bind(undecided);
  }

  private void body(Step.Repeat repeat, Label body, int proven) {
    Label done = out.label("done");
    out.begin(body, R7, proven);
    out.asm.mov(R7, R2).store(Size.DOUBLE, R10, ROUND, R1);
    out.fetch(Size.DOUBLE, R6, StackLayout.FRAME);
    out.asm.load(Size.WORD, R8, R6, SkBuff.LEN);
    out.fetch(Size.WORD, R9, StackLayout.POLICY + GuardMaps.Policy.FLAGS);
    conditions.jump(repeat.condition(), false, done);
    out.asm.load(Size.DOUBLE, R1, R10, ROUND);
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
    drops();
  }

  private void drops() {
    out.drops()
        .forEach(
            (reason, label) -> {
              out.bind(label);
              decide(Decision.of(reason));
            });
  }

  /** Leaves a decision and stops the loop. */
  void decide(int decision) {
    out.keep(Size.DOUBLE, StackLayout.DECISION, decision);
    out.exit(STOP);
  }
}
