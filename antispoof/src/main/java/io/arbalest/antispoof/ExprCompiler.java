package io.arbalest.antispoof;

import static io.arbalest.linux.bpf.asm.Register.R0;
import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R2;
import static io.arbalest.linux.bpf.asm.Register.R3;
import static io.arbalest.linux.bpf.asm.Register.R4;
import static io.arbalest.linux.bpf.asm.Register.R6;
import static io.arbalest.linux.bpf.asm.Register.R8;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.PolicyField;
import io.arbalest.linux.bpf.asm.AluOp;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Register;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.SkBuff;

/**
 * Writes the code of expressions. A value is computed in one of R1 to R5, its operands in those
 * after it; a load that needs a helper, which loses all five, saves what is alive in the scratch.
 */
final class ExprCompiler {
  private static final Register[] REGISTERS = {R1, R2, R3, R4, Register.R5};

  private final CodeWriter out;
  private final DropReason truncated;

  /**
   * @param truncated the reason to drop a frame that ends before what is read of it
   */
  ExprCompiler(CodeWriter out, DropReason truncated) {
    this.out = out;
    this.truncated = truncated;
  }

  /** Where frames go that end too early. */
  Label truncated() {
    return out.drop(truncated);
  }

  /** The value in R1. */
  void value(Expr expression) {
    value(expression, 0);
  }

  /**
   * Two values: the left in R1, and the right in R2 unless it fits an instruction.
   *
   * @return whether the right value is an immediate, see {@link #isImmediate}
   */
  boolean pair(Expr left, Expr right) {
    if (isImmediate(right)) {
      value(left, 0);
      return true;
    }
    operands(left, right, 0);
    return false;
  }

  /** Two values: the left in R1, the right in R2. */
  void registers(Expr left, Expr right) {
    operands(left, right, 0);
  }

  static boolean isImmediate(Expr expression) {
    return expression instanceof Expr.Const(long value) && value == (int) value;
  }

  static int immediate(Expr expression) {
    return (int) ((Expr.Const) expression).value();
  }

  private void value(Expr expression, int at) {
    if (at >= REGISTERS.length) {
      throw new IllegalArgumentException("an expression needs more than five registers");
    }
    Register target = REGISTERS[at];
    switch (expression) {
      case Expr.Const constant -> constant(target, constant.value());
      case Expr.FrameLength _ -> out.asm.mov(target, R8);
      case Expr.Var v -> out.fetch(Size.DOUBLE, target, out.scratch.variable(v.name()));
      case Expr.Field field -> field(target, field.field());
      case Expr.Tag tag -> tag(target, tag.part());
      case Expr.Binary binary -> binary(binary, at);
      case Expr.Load load -> load(load, at);
    }
  }

  private void field(Register target, PolicyField field) {
    switch (field) {
      case MAC -> out.fetch(Size.DOUBLE, target, Scratch.POLICY + GuardMaps.Policy.MAC);
      case VTEP_FIRST_PORT -> span(target, 0);
      case VTEP_LAST_PORT -> span(target, Integer.BYTES);
    }
  }

  private void span(Register target, int offset) {
    out.asm.loadMapValue(target, GuardMaps.VTEP_SPAN.name(), offset);
    out.asm.load(Size.WORD, target, target, 0);
  }

  /** What the kernel remembers of a tag may be stale where it took none off. */
  private void tag(Register target, Expr.TagPart part) {
    Label none = out.label("untagged");
    out.asm.load(Size.WORD, target, R6, SkBuff.VLAN_PRESENT);
    out.jump(JumpOp.JEQ, target, 0, none);
    switch (part) {
      case PROTOCOL ->
          out.asm.load(Size.WORD, target, R6, SkBuff.VLAN_PROTO).toBigEndian(target, 16);
      case CONTROL -> out.asm.load(Size.WORD, target, R6, SkBuff.VLAN_TCI);
    }
    out.bind(none);
  }

  private void constant(Register target, long value) {
    if (value == (int) value) {
      out.asm.mov(target, (int) value);
    } else {
      out.asm.load(target, value);
    }
  }

  private void binary(Expr.Binary binary, int at) {
    AluOp op = op(binary.operator());
    if (isImmediate(binary.right())) {
      value(binary.left(), at);
      out.asm.alu(op, REGISTERS[at], shiftCount(binary));
    } else {
      operands(binary.left(), binary.right(), at);
      out.asm.alu(op, REGISTERS[at], REGISTERS[at + 1]);
    }
  }

  /** The verifier refuses an immediate shift by 64 or more, which the rules take modulo 64. */
  private static int shiftCount(Expr.Binary binary) {
    int immediate = immediate(binary.right());
    return switch (binary.operator()) {
      case SHL, SHR -> immediate & 63;
      case ADD, SUB, AND, OR, XOR -> immediate;
    };
  }

  private void operands(Expr left, Expr right, int at) {
    value(left, at);
    if (!calls(right)) {
      value(right, at + 1);
      return;
    }
    int saved = out.scratch.slot();
    out.keep(Size.DOUBLE, saved, REGISTERS[at]);
    value(right, at);
    out.asm.mov(REGISTERS[at + 1], REGISTERS[at]);
    out.fetch(Size.DOUBLE, REGISTERS[at], saved);
    out.scratch.release(saved);
  }

  private static AluOp op(Expr.Operator operator) {
    return switch (operator) {
      case ADD -> AluOp.ADD;
      case SUB -> AluOp.SUB;
      case AND -> AluOp.AND;
      case OR -> AluOp.OR;
      case XOR -> AluOp.XOR;
      case SHL -> AluOp.LSH;
      case SHR -> AluOp.RSH;
    };
  }

  /** Whether computing it calls a helper. */
  private static boolean calls(Expr expression) {
    return switch (expression) {
      case Expr.Load load -> !near(load);
      case Expr.Binary binary -> calls(binary.left()) || calls(binary.right());
      case Expr.Const _, Expr.FrameLength _, Expr.Field _, Expr.Var _, Expr.Tag _ -> false;
    };
  }

  /** Whether a load can be answered from the copy of the frame's head. */
  private static boolean near(Expr.Load load) {
    return load.offset() instanceof Expr.Const(long offset)
        && offset >= 0
        && offset <= Scratch.HEAD_SIZE - load.width();
  }

  private void load(Expr.Load load, int at) {
    if (near(load)) {
      int offset = immediate(load.offset());
      require(offset + load.width());
      read(REGISTERS[at], Scratch.HEAD + offset, load.width());
    } else {
      value(load.offset(), at);
      far(REGISTERS[at], load.width());
    }
  }

  /** Drops frames of less than so many bytes, unless that is known already. */
  private void require(int bytes) {
    if (out.proven() < bytes) {
      out.jump(JumpOp.JLT, R8, bytes, truncated());
      out.prove(bytes);
    }
  }

  /** Replaces an offset by the bytes there. The helper takes 32 bits of the offset alone. */
  private void far(Register offset, int width) {
    out.jump(JumpOp.JGT, offset, R8, truncated());
    out.asm.mov(R2, offset).mov(R1, R6);
    out.address(R3, Scratch.FAR);
    out.asm.mov(R4, width).call(Helper.SKB_LOAD_BYTES);
    out.jump(JumpOp.JNE, R0, 0, truncated());
    read(offset, Scratch.FAR, width);
  }

  /** Reads big-endian bytes from the scratch, in pieces of 1, 2, 4 or 8. */
  private void read(Register target, int place, int width) {
    int first = Integer.highestOneBit(width);
    out.fetch(size(first), target, place);
    swap(target, first);
    if (first < width) {
      int rest = width - first;
      out.asm.lsh(target, rest * Byte.SIZE);
      out.fetch(size(rest), R0, place + first);
      swap(R0, rest);
      out.asm.or(target, R0);
    }
  }

  private void swap(Register target, int bytes) {
    if (bytes > 1) {
      out.asm.toBigEndian(target, bytes * Byte.SIZE);
    }
  }

  private static Size size(int bytes) {
    return switch (bytes) {
      case 1 -> Size.BYTE;
      case 2 -> Size.HALF;
      case 4 -> Size.WORD;
      default -> Size.DOUBLE;
    };
  }
}
