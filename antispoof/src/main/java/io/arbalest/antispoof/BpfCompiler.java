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

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.RuleModel;
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
 * <p>The program looks up the policy of the port, copies it and the head of the frame to its stack,
 * and runs the steps. The policy is copied at once because the kernel may reuse a replaced map
 * entry while a program still looks at it. The frame is read by {@code bpf_skb_load_bytes} alone:
 * it works on frames of any shape in memory, and it fails where the frame ends, which drops. R6 is
 * the context, R7 the reason of a drop, R8 the frame's length, R9 the policy's flags; all else
 * lives on the stack.
 */
final class BpfCompiler {
  /** The program's name in the kernel, and that of its pin. */
  static final String NAME = "guard";

  private final CodeWriter out = new CodeWriter(NAME);

  private BpfCompiler() {}

  /** The program of a model; the same model always gives the same program. */
  static Bytecode compile(RuleModel model) {
    BpfCompiler compiler = new BpfCompiler();
    compiler.policy();
    compiler.head();
    new StepCompiler(compiler.out).steps(model.steps());
    compiler.drops();
    return compiler.out.asm.assemble();
  }

  private void policy() {
    out.asm.mov(R6, R1);
    out.asm.load(Size.WORD, R8, R6, SkBuff.LEN);
    out.asm.load(Size.WORD, R1, R6, SkBuff.IFINDEX);
    out.asm.store(Size.WORD, R10, StackLayout.KEY, R1);
    lookup(GuardMaps.POLICY.name());
    out.jump(JumpOp.JEQ, R0, 0, out.drop(DropReason.NO_POLICY));
    for (int word = 0; word < GuardMaps.Policy.SIZE; word += Long.BYTES) {
      out.asm.load(Size.DOUBLE, R1, R0, word);
      out.asm.store(Size.DOUBLE, R10, StackLayout.POLICY + word, R1);
    }
    out.asm.load(Size.WORD, R9, R10, StackLayout.POLICY + GuardMaps.Policy.FLAGS);
  }

  /** The verifier wants the whole area written, however short the frame is. */
  private void head() {
    for (int at = StackLayout.HEAD_AREA; at < StackLayout.FAR; at += Long.BYTES) {
      out.asm.store(Size.DOUBLE, R10, at, 0);
    }
    Label sized = out.label("sized");
    out.jump(JumpOp.JEQ, R8, 0, out.drop(DropReason.TRUNCATED));
    out.asm.mov(R4, R8);
    out.jump(JumpOp.JLE, R4, StackLayout.HEAD_SIZE, sized);
    out.asm.mov(R4, StackLayout.HEAD_SIZE);
    out.bind(sized);
    out.asm.mov(R1, R6).mov(R2, 0).mov(R3, R10).add(R3, StackLayout.HEAD);
    out.asm.call(Helper.SKB_LOAD_BYTES);
    out.jump(JumpOp.JNE, R0, 0, out.drop(DropReason.TRUNCATED));
  }

  /** One place for each reason, all leading to the counting. */
  private void drops() {
    Label count = out.label("count");
    out.drops()
        .forEach(
            (reason, label) -> {
              out.bind(label);
              out.asm.mov(R7, reason.number());
              out.jump(count);
            });
    out.bind(count);
    count();
    out.exit(TcAction.SHOT);
  }

  private void count() {
    Label found = out.label("found");
    Label shot = out.label("shot");
    out.asm.load(Size.WORD, R1, R6, SkBuff.IFINDEX);
    out.asm.store(Size.WORD, R10, StackLayout.KEY, R1);
    lookup(GuardMaps.DROPS.name());
    out.jump(JumpOp.JNE, R0, 0, found);
    out.asm.store(Size.WORD, R10, StackLayout.KEY, GuardMaps.UNKNOWN_PORT);
    lookup(GuardMaps.DROPS.name());
    out.jump(JumpOp.JEQ, R0, 0, shot);
    out.bind(found);
    // The mask is there for the verifier, which must see that the counter lies in the entry.
    out.asm.and(R7, GuardMaps.COUNTERS - 1).lsh(R7, 3).add(R0, R7);
    out.asm.load(Size.DOUBLE, R1, R0, 0).add(R1, 1).store(Size.DOUBLE, R0, 0, R1);
    out.bind(shot);
  }

  private void lookup(String map) {
    out.asm.mov(R2, R10).add(R2, StackLayout.KEY).loadMap(R1, map);
    out.asm.call(Helper.MAP_LOOKUP_ELEM);
  }
}
