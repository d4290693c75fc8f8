package io.arbalest.antispoof;

import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R2;
import static io.arbalest.linux.bpf.asm.Register.R6;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.linux.bpf.asm.AluOp;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.SkBuff;
import java.util.List;
import java.util.SortedSet;

/** Writes the code of conditions, as jumps to where the answer leads. */
final class CondCompiler {
  private final CodeWriter out;
  private final ExprCompiler expressions;
  private final MemberCompiler members;

  CondCompiler(CodeWriter out, ExprCompiler expressions) {
    this.out = out;
    this.expressions = expressions;
    this.members = new MemberCompiler(out, expressions);
  }

  /**
   * Jumps if the condition is as {@code wanted}, and runs on otherwise.
   *
   * @param wanted which answer jumps
   */
  void jump(Cond condition, boolean wanted, Label target) {
    switch (condition) {
      case Cond.Compare compare -> compare(compare, wanted, target);
      case Cond.OneOf oneOf -> oneOf(oneOf, wanted, target);
      case Cond.All all -> sequence(all.operands(), false, wanted, target);
      case Cond.Any any -> sequence(any.operands(), true, wanted, target);
      case Cond.Not not -> jump(not.operand(), !wanted, target);
      case Cond.HasFlag has -> {
        out.fetch(Size.WORD, R1, Scratch.POLICY + GuardMaps.Policy.FLAGS);
        out.asm.comment(has.flag().name()).and(R1, has.flag().mask());
        out.jump(wanted ? JumpOp.JNE : JumpOp.JEQ, R1, 0, target);
      }
      case Cond.TagStripped _ -> {
        out.asm.load(Size.WORD, R1, R6, SkBuff.VLAN_PRESENT);
        out.jump(wanted ? JumpOp.JNE : JumpOp.JEQ, R1, 0, target);
      }
      case Cond.Aggregate _ -> {
        out.asm.load(Size.WORD, R1, R6, SkBuff.GSO_SIZE);
        out.jump(wanted ? JumpOp.JNE : JumpOp.JEQ, R1, 0, target);
      }
      case Cond.Member member -> members.jump(member, wanted, target);
      case Cond.MemberBytes bytes -> members.jump(bytes, wanted, target);
    }
  }

  /**
   * Operands until one decides.
   *
   * @param deciding the answer of an operand that makes the rest needless
   */
  private void sequence(List<Cond> operands, boolean deciding, boolean wanted, Label target) {
    if (deciding == wanted) {
      operands.forEach(operand -> jump(operand, wanted, target));
      return;
    }
    Label decided = out.label("decided");
    for (Cond operand : operands.subList(0, operands.size() - 1)) {
      jump(operand, deciding, decided);
    }
    jump(operands.getLast(), wanted, target);
    out.bindIfUsed(decided);
  }

  /**
   * Looks numbers up in a word of bits for each 64 of them. A chain of comparisons would be longer,
   * and the verifier would follow what comes after it once for each number.
   */
  private void oneOf(Cond.OneOf oneOf, boolean wanted, Label target) {
    Label found = wanted ? target : out.label("found");
    expressions.value(oneOf.value());
    for (SortedSet<Long> left = oneOf.numbers(); !left.isEmpty(); ) {
      int block = Math.toIntExact(left.first() / Long.SIZE * Long.SIZE);
      SortedSet<Long> here = left.headSet((long) block + Long.SIZE);
      left = left.tailSet((long) block + Long.SIZE);
      block(block, here, found);
    }
    if (!wanted) {
      out.jump(target);
      out.bind(found);
    }
  }

  /** The numbers of one word of bits, against R1. */
  private void block(int first, SortedSet<Long> numbers, Label found) {
    if (numbers.size() == 1) {
      out.jump(JumpOp.JEQ, R1, Math.toIntExact(numbers.first()), found);
      return;
    }
    Label next = out.label("next");
    if (first > 0) {
      out.jump(JumpOp.JLT, R1, first, next);
    }
    out.jump(JumpOp.JGE, R1, first + Long.SIZE, next);
    long bits = numbers.stream().mapToLong(n -> 1L << n).reduce(0, (a, b) -> a | b);
    out.asm.load(R2, bits).alu(AluOp.RSH, R2, R1).and(R2, 1);
    out.jump(JumpOp.JNE, R2, 0, found);
    out.bind(next);
  }

  private void compare(Cond.Compare compare, boolean wanted, Label target) {
    JumpOp op = op(compare.relation(), wanted);
    if (expressions.pair(compare.left(), compare.right())) {
      out.jump(op, R1, ExprCompiler.immediate(compare.right()), target);
    } else {
      out.jump(op, R1, R2, target);
    }
  }

  private static JumpOp op(Cond.Relation relation, boolean wanted) {
    return switch (relation) {
      case EQ -> wanted ? JumpOp.JEQ : JumpOp.JNE;
      case NE -> wanted ? JumpOp.JNE : JumpOp.JEQ;
      case LT -> wanted ? JumpOp.JLT : JumpOp.JGE;
      case LE -> wanted ? JumpOp.JLE : JumpOp.JGT;
      case GT -> wanted ? JumpOp.JGT : JumpOp.JLE;
      case GE -> wanted ? JumpOp.JGE : JumpOp.JLT;
    };
  }
}
