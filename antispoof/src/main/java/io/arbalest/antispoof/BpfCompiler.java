package io.arbalest.antispoof;

import static io.arbalest.linux.bpf.asm.Register.R0;
import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R10;
import static io.arbalest.linux.bpf.asm.Register.R2;
import static io.arbalest.linux.bpf.asm.Register.R3;
import static io.arbalest.linux.bpf.asm.Register.R4;
import static io.arbalest.linux.bpf.asm.Register.R6;
import static io.arbalest.linux.bpf.asm.Register.R7;
import static io.arbalest.linux.bpf.asm.Register.R8;
import static io.arbalest.linux.bpf.asm.Register.R9;

import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.linux.bpf.MapSpec;
import io.arbalest.linux.bpf.asm.Bytecode;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.SkBuff;
import io.arbalest.linux.bpf.asm.TcAction;

/**
 * Compiles a rule model to a traffic-control program.
 *
 * <p>The program looks up the policy of the port, copies it and the head of the frame to its
 * scratch, and runs the steps. The policy is copied at once because the kernel may reuse a replaced
 * map entry while a program still looks at it. The frame is read by {@code bpf_skb_load_bytes}
 * alone: it works on frames of any shape in memory, and it fails where the frame ends, which drops.
 * R6 is the context, R7 the reason of a drop, R8 the frame's length, R9 the scratch, where all else
 * lives. A frame that bears {@link DryRun#MARK} is judged without a trace.
 */
final class BpfCompiler {
  /** The stack: which entry is the program's scratch. */
  private static final int INDEX = -20;

  private final RuleModel model;
  private final CodeWriter out;
  private final ReportCompiler reports;

  private BpfCompiler(Direction direction, RuleModel model) {
    this.model = model;
    this.out = new CodeWriter(name(direction));
    this.reports = new ReportCompiler(out.asm, direction);
  }

  /** The name of a direction's program in the kernel, and that of its pin. */
  static String name(Direction direction) {
    return switch (direction) {
      case FROM_ZONE -> "guard";
      case TO_ZONE -> "guard_in";
    };
  }

  /** The program of a model; the same model always gives the same program. */
  static Bytecode compile(Direction direction, RuleModel model) {
    BpfCompiler compiler = new BpfCompiler(direction, model);
    compiler.scratch(direction);
    compiler.policy();
    compiler.head();
    new StepCompiler(compiler.out, compiler.reports, model.truncated()).steps(model.steps());
    compiler.drops();
    compiler.out.writeFunctions();
    compiler.reports.functions();
    return compiler.out.asm.assemble();
  }

  /** The scratch of this CPU, and of this direction. */
  private void scratch(Direction direction) {
    Label found = out.label("scratch");
    out.asm.mov(R6, R1).store(Size.WORD, R10, INDEX, direction.number());
    out.asm.mov(R2, R10).add(R2, INDEX).loadMap(R1, GuardMaps.SCRATCH.name());
    out.asm.call(Helper.MAP_LOOKUP_ELEM);
    out.jump(JumpOp.JNE, R0, 0, found);
    out.asm.comment("never: the entry of an array is always there");
    out.exit(TcAction.SHOT);
    out.bind(found);
    out.asm.mov(R9, R0);
  }

  private void policy() {
    out.asm.load(Size.WORD, R8, R6, SkBuff.LEN);
    port(GuardMaps.POLICY);
    out.jump(JumpOp.JEQ, R0, 0, out.drop(model.noPolicy()));
    for (int word = 0; word < GuardMaps.Policy.SIZE; word += Long.BYTES) {
      out.asm.load(Size.DOUBLE, R1, R0, word);
      out.keep(Size.DOUBLE, Scratch.POLICY + word, R1);
    }
  }

  /** R0 = the entry of the frame's port in a map. */
  private void port(MapSpec map) {
    out.asm.load(Size.WORD, R1, R6, SkBuff.IFINDEX);
    out.keep(Size.WORD, Scratch.KEY, R1);
    out.lookup(map);
  }

  private void head() {
    Label sized = out.label("sized");
    // Not "== 0": before Linux 6.8 the verifier learns nothing from that.
    out.jump(JumpOp.JLT, R8, 1, out.drop(model.truncated()));
    out.asm.mov(R4, R8);
    out.jump(JumpOp.JLE, R4, Scratch.HEAD_SIZE, sized);
    out.asm.mov(R4, Scratch.HEAD_SIZE);
    out.bind(sized);
    out.asm.mov(R1, R6).mov(R2, 0);
    out.address(R3, Scratch.HEAD);
    out.asm.call(Helper.SKB_LOAD_BYTES);
    out.jump(JumpOp.JNE, R0, 0, out.drop(model.truncated()));
  }

  /** One place for each reason, all leading to the same end. */
  private void drops() {
    out.drops()
        .forEach(
            (reason, label) -> {
              out.bind(label);
              out.keep(Size.DOUBLE, Scratch.REASON, reason.number());
              out.jump(out.dropForReason());
            });
    Label dry = out.label("dry");
    out.bind(out.dropForReason());
    out.fetch(Size.DOUBLE, R7, Scratch.REASON);
    out.asm.load(Size.WORD, R1, R6, SkBuff.MARK);
    out.jump(JumpOp.JEQ, R1, DryRun.MARK, dry);
    out.asm.mov(R2, R7);
    reports.call(Report.EVENT);
    count();
    out.exit(TcAction.SHOT);
    out.bind(dry);
    out.asm.add(R7, 1).store(Size.WORD, R6, DryRun.REASON, R7);
    out.exit(TcAction.SHOT);
  }

  private void count() {
    Label found = out.label("found");
    Label shot = out.label("shot");
    port(GuardMaps.DROPS);
    out.jump(JumpOp.JNE, R0, 0, found);
    out.keep(Size.WORD, Scratch.KEY, GuardMaps.UNKNOWN_PORT);
    out.lookup(GuardMaps.DROPS);
    out.jump(JumpOp.JEQ, R0, 0, shot);
    out.bind(found);
    // The mask is there for the verifier, which must see that the counter lies in the entry.
    out.asm.and(R7, GuardMaps.COUNTERS - 1).lsh(R7, 3).add(R0, R7);
    out.asm.load(Size.DOUBLE, R1, R0, 0).add(R1, 1).store(Size.DOUBLE, R0, 0, R1);
    out.bind(shot);
  }
}
