package io.arbalest.antispoof;

import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R10;

import io.arbalest.antispoof.rules.Step;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.TcAction;
import java.util.List;

/** Writes the code of steps. */
final class StepCompiler {
  private final CodeWriter out;
  private final ExprCompiler expressions;
  private final CondCompiler conditions;

  StepCompiler(CodeWriter out) {
    this.out = out;
    this.expressions = new ExprCompiler(out);
    this.conditions = new CondCompiler(out, expressions);
  }

  void steps(List<Step> steps) {
    steps.forEach(this::step);
  }

  private void step(Step step) {
    switch (step) {
      case Step.Let let -> {
        expressions.value(let.value());
        out.asm.comment(let.name());
        out.asm.store(Size.DOUBLE, R10, out.stack.variable(let.name()), R1);
      }
      case Step.Drop drop -> {
        out.asm.comment(drop.rule());
        out.jump(out.drop(drop.reason()));
      }
      case Step.Pass pass -> {
        out.asm.comment(pass.rule());
        out.exit(TcAction.UNSPEC);
      }
      case Step.When when -> when(when);
      case Step.Note _ -> throw new IllegalArgumentException("notes are not compiled yet");
      case Step.Repeat repeat -> repeat(repeat);
    }
  }

  private void when(Step.When when) {
    boolean single = when.then().size() == 1 && when.otherwise().isEmpty();
    if (single && when.then().getFirst() instanceof Step.Drop drop) {
      out.asm.comment(drop.rule());
      conditions.jump(when.condition(), true, out.drop(drop.reason()));
      return;
    }
    Label otherwise = out.label("else");
    Label end = out.label("end");
    conditions.jump(when.condition(), false, otherwise);
    steps(when.then());
    if (out.reached() && !when.otherwise().isEmpty()) {
      out.jump(end);
    }
    out.bindIfUsed(otherwise);
    steps(when.otherwise());
    out.bindIfUsed(end);
  }

  private void repeat(Step.Repeat repeat) {
    int rounds = out.stack.slot();
    Label again = out.label("again");
    Label done = out.label("done");
    out.asm.store(Size.DOUBLE, R10, rounds, 0);
    out.bind(again);
    conditions.jump(repeat.condition(), false, done);
    out.asm.load(Size.DOUBLE, R1, R10, rounds);
    out.asm.comment(repeat.exhausted().rule());
    out.jump(JumpOp.JGE, R1, repeat.bound(), out.drop(repeat.exhausted().reason()));
    out.asm.add(R1, 1).store(Size.DOUBLE, R10, rounds, R1);
    steps(repeat.body());
    if (out.reached()) {
      out.jump(again);
    }
    out.bindIfUsed(done);
  }
}
