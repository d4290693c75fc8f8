package io.arbalest.antispoof;

import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R2;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Step;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.TcAction;
import java.util.List;

/** Writes the code of steps. */
final class StepCompiler {
  private final CodeWriter out;
  private final ExprCompiler expressions;
  private final CondCompiler conditions;
  private final ReportCompiler reports;
  private final LoopCompiler loops;

  /**
   * @param truncated the reason to drop a frame that ends before what is read of it
   */
  StepCompiler(CodeWriter out, ReportCompiler reports, DropReason truncated) {
    this.out = out;
    this.reports = reports;
    this.expressions = new ExprCompiler(out, truncated);
    this.conditions = new CondCompiler(out, expressions);
    this.loops = new LoopCompiler(out, this, conditions);
  }

  void steps(List<Step> steps) {
    steps.forEach(this::step);
  }

  private void step(Step step) {
    switch (step) {
      case Step.Let let -> {
        expressions.value(let.value());
        out.asm.comment(let.name());
        out.keep(Size.DOUBLE, out.scratch.variable(let.name()), R1);
      }
      case Step.Drop drop -> {
        out.asm.comment(drop.rule());
        out.jump(out.drop(drop.reason()));
      }
      case Step.Pass pass -> {
        out.asm.comment(pass.rule());
        pass();
      }
      case Step.When when -> when(when);
      case Step.Note note -> {
        out.asm.comment(note.topic().name()).mov(R2, note.topic().number());
        reports.call(Report.NOTE);
      }
      case Step.Repeat repeat -> loops.repeat(repeat);
    }
  }

  private void pass() {
    if (out.calledBack()) {
      loops.decide(Decision.PASS);
    } else {
      out.exit(TcAction.UNSPEC);
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
}
