package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Register;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The assembler, and what is known of the frame's length at the place that is being written.
 *
 * <p>{@link #proven()} is a number of bytes that the frame surely has here: every way to this place
 * has compared its length with at least that. It lets a load be checked once instead of each time.
 * So every jump and every label goes through this class.
 */
final class CodeWriter {
  /** Nothing runs on from the last instruction, so anything may be taken as proven. */
  private static final int UNREACHED = Integer.MAX_VALUE;

  final Assembler asm;
  final StackLayout stack = new StackLayout();

  private final Map<Label, Integer> provenAt = new HashMap<>();
  private final Map<DropReason, Label> drops = new EnumMap<>(DropReason.class);
  private int proven;

  CodeWriter(String name) {
    this.asm = new Assembler(name);
  }

  Label label(String wanted) {
    return asm.label(wanted);
  }

  void bind(Label label) {
    proven = Math.min(proven, provenAt.getOrDefault(label, UNREACHED));
    asm.bind(label);
  }

  /** Binds a label that something above jumped to; one that nothing did is left out. */
  void bindIfUsed(Label label) {
    if (provenAt.containsKey(label)) {
      bind(label);
    }
  }

  void jump(Label target) {
    meet(target);
    asm.jump(target);
    proven = UNREACHED;
  }

  void jump(JumpOp op, Register left, Register right, Label target) {
    meet(target);
    asm.jump(op, left, right, target);
  }

  void jump(JumpOp op, Register left, int right, Label target) {
    meet(target);
    asm.jump(op, left, right, target);
  }

  /** Ends the program with a value in R0. */
  void exit(int action) {
    asm.mov(Register.R0, action).exit();
    proven = UNREACHED;
  }

  private void meet(Label target) {
    provenAt.merge(target, proven, Math::min);
  }

  /** Whether an instruction written here would ever run. */
  boolean reached() {
    return proven != UNREACHED;
  }

  int proven() {
    return proven;
  }

  /** From here on the frame is known to have so many bytes. */
  void prove(int bytes) {
    proven = Math.max(proven, bytes);
  }

  /** Where frames that are dropped for the reason go. */
  Label drop(DropReason reason) {
    return drops.computeIfAbsent(reason, r -> label("drop_" + r.label().replace('-', '_')));
  }

  /** The reasons that something jumps to. */
  Map<DropReason, Label> drops() {
    return drops;
  }
}
