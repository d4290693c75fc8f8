package io.arbalest.linux.bpf.asm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds one program, statement by statement.
 *
 * <p>Operations without a width in their name work on 64 bits; those ending in 32 work on the low
 * half and clear the high half. Immediates are 32 bits, extended by their sign where the operation
 * is wider. Not for use by several threads.
 */
public final class Assembler {
  private final String name;
  private final List<Line> lines = new ArrayList<>();
  private final Map<Label, Integer> places = new HashMap<>();
  private final Set<String> labelNames = new HashSet<>();
  private final Set<Label> labels = new HashSet<>();
  private final List<String> waitingLabels = new ArrayList<>();
  private String waitingComment = "";

  /** An instruction whose jump is not resolved yet, and the slot where it begins. */
  private record Line(Statement statement, @Nullable Label target, int slot) {}

  public Assembler(String name) {
    this.name = name;
  }

  /** A new place to jump to; if the name is taken, a number is added to it. */
  public Label label(String wanted) {
    String unique = wanted;
    for (int n = 2; !labelNames.add(unique); n++) {
      unique = wanted + "." + n;
    }
    Label label = new Label(unique);
    labels.add(label);
    return label;
  }

  /**
   * Gives the label its place: the next instruction.
   *
   * @throws AssemblyException if it has a place already, or is another assembler's
   */
  public Assembler bind(Label label) {
    own(label);
    if (places.putIfAbsent(label, nextSlot()) != null) {
      throw fail("label " + label + " is bound twice");
    }
    waitingLabels.add(label.name());
    return this;
  }

  /** Says something about the next instruction, for the listing only. */
  public Assembler comment(String text) {
    waitingComment = waitingComment.isEmpty() ? text : waitingComment + "; " + text;
    return this;
  }

  public Assembler mov(Register dst, Register src) {
    return alu(AluOp.MOV, dst, src);
  }

  public Assembler mov(Register dst, int imm) {
    return alu(AluOp.MOV, dst, imm);
  }

  public Assembler mov32(Register dst, Register src) {
    return alu32(AluOp.MOV, dst, src);
  }

  public Assembler mov32(Register dst, int imm) {
    return alu32(AluOp.MOV, dst, imm);
  }

  public Assembler add(Register dst, Register src) {
    return alu(AluOp.ADD, dst, src);
  }

  public Assembler add(Register dst, int imm) {
    return alu(AluOp.ADD, dst, imm);
  }

  public Assembler and(Register dst, Register src) {
    return alu(AluOp.AND, dst, src);
  }

  public Assembler and(Register dst, int imm) {
    return alu(AluOp.AND, dst, imm);
  }

  public Assembler or(Register dst, Register src) {
    return alu(AluOp.OR, dst, src);
  }

  public Assembler lsh(Register dst, int bits) {
    return alu(AluOp.LSH, dst, bits);
  }

  public Assembler rsh(Register dst, int bits) {
    return alu(AluOp.RSH, dst, bits);
  }

  public Assembler alu(AluOp op, Register dst, Register src) {
    return emit(Opcode.ALU64 | op.bits() | Opcode.SOURCE_REGISTER, dst, src, 0, 0);
  }

  public Assembler alu(AluOp op, Register dst, int imm) {
    return emit(Opcode.ALU64 | op.bits(), dst, Register.R0, 0, imm);
  }

  public Assembler alu32(AluOp op, Register dst, Register src) {
    return emit(Opcode.ALU | op.bits() | Opcode.SOURCE_REGISTER, dst, src, 0, 0);
  }

  public Assembler alu32(AluOp op, Register dst, int imm) {
    return emit(Opcode.ALU | op.bits(), dst, Register.R0, 0, imm);
  }

  /** {@code dst = -dst}. */
  public Assembler negate(Register dst) {
    return emit(Opcode.NEG, dst, Register.R0, 0, 0);
  }

  /**
   * Turns host order into network order, or back, and clears what is above.
   *
   * @param bits 16, 32 or 64
   */
  public Assembler toBigEndian(Register dst, int bits) {
    return emit(Opcode.TO_BIG_ENDIAN, dst, Register.R0, 0, swapWidth(bits));
  }

  /** Like {@link #toBigEndian} for little-endian fields; on this machine it only truncates. */
  public Assembler toLittleEndian(Register dst, int bits) {
    return emit(Opcode.TO_LITTLE_ENDIAN, dst, Register.R0, 0, swapWidth(bits));
  }

  private int swapWidth(int bits) {
    if (bits != 16 && bits != 32 && bits != 64) {
      throw fail("a byte swap is 16, 32 or 64 bits wide, not " + bits);
    }
    return bits;
  }

  /** {@code dst = *(size *)(base + offset)}, zero-extended. */
  public Assembler load(Size size, Register dst, Register base, int offset) {
    return emit(Opcode.LDX | Opcode.MODE_MEM | size.bits(), dst, base, offset, 0);
  }

  /** {@code *(size *)(base + offset) = src}. */
  public Assembler store(Size size, Register base, int offset, Register src) {
    return emit(Opcode.STX | Opcode.MODE_MEM | size.bits(), base, src, offset, 0);
  }

  /** {@code *(size *)(base + offset) = imm}. */
  public Assembler store(Size size, Register base, int offset, int imm) {
    return emit(Opcode.ST | Opcode.MODE_MEM | size.bits(), base, Register.R0, offset, imm);
  }

  /**
   * {@code *(size *)(base + offset) += src} in one step for all CPUs.
   *
   * @param size {@link Size#WORD} or {@link Size#DOUBLE}
   */
  public Assembler atomicAdd(Size size, Register base, int offset, Register src) {
    if (size != Size.WORD && size != Size.DOUBLE) {
      throw fail("an atomic add is 4 or 8 bytes wide, not " + size.bytes());
    }
    return emit(Opcode.STX | Opcode.MODE_ATOMIC | size.bits(), base, src, offset, 0);
  }

  /**
   * Adds 64 bits in one step for all CPUs and brings what was there before: {@code src} is lost for
   * it.
   */
  public Assembler atomicFetchAdd(Register base, int offset, Register src) {
    return atomic(base, offset, src, Opcode.ATOMIC_FETCH_ADD);
  }

  /** Swaps 64 bits with a register in one step for all CPUs. */
  public Assembler exchange(Register base, int offset, Register src) {
    return atomic(base, offset, src, Opcode.ATOMIC_EXCHANGE);
  }

  private Assembler atomic(Register base, int offset, Register src, int kind) {
    return emit(Opcode.STX | Opcode.MODE_ATOMIC | Size.DOUBLE.bits(), base, src, offset, kind);
  }

  /** Loads 64 bits; takes two slots. */
  public Assembler load(Register dst, long value) {
    return append(new Insn(Opcode.LD_IMM64, dst.number(), 0, (short) 0, value));
  }

  /** Loads the address of a map, as helpers want it in R1. */
  public Assembler loadMap(Register dst, String map) {
    return mapReference(dst, Opcode.PSEUDO_MAP_FD, map, 0);
  }

  /**
   * Loads the address {@code offset} bytes into the only value of an array map, no lookup needed.
   */
  public Assembler loadMapValue(Register dst, String map, int offset) {
    return mapReference(dst, Opcode.PSEUDO_MAP_VALUE, map, offset);
  }

  /**
   * Loads the address of a subprogram of this program, for a helper that calls it back. Takes two
   * slots.
   */
  public Assembler loadFunction(Register dst, Label subprogram) {
    own(subprogram);
    Insn insn = new Insn(Opcode.LD_IMM64, dst.number(), Opcode.PSEUDO_FUNC, (short) 0, 0);
    return place(insn, "", subprogram);
  }

  private Assembler mapReference(Register dst, int kind, String map, int offset) {
    if (map.isEmpty()) {
      throw fail("a map reference needs a name");
    }
    long imm = (long) offset << 32;
    return place(new Insn(Opcode.LD_IMM64, dst.number(), kind, (short) 0, imm), map, null);
  }

  public Assembler jump(Label target) {
    return jump(Opcode.JA, Register.R0, Register.R0, 0, target);
  }

  public Assembler jump(JumpOp op, Register left, Register right, Label target) {
    return jump(Opcode.JMP | op.bits() | Opcode.SOURCE_REGISTER, left, right, 0, target);
  }

  public Assembler jump(JumpOp op, Register left, int right, Label target) {
    return jump(Opcode.JMP | op.bits(), left, Register.R0, right, target);
  }

  /** Like {@link #jump(JumpOp, Register, Register, Label)}, comparing the low 32 bits. */
  public Assembler jump32(JumpOp op, Register left, Register right, Label target) {
    return jump(Opcode.JMP32 | op.bits() | Opcode.SOURCE_REGISTER, left, right, 0, target);
  }

  /** Like {@link #jump(JumpOp, Register, int, Label)}, comparing the low 32 bits. */
  public Assembler jump32(JumpOp op, Register left, int right, Label target) {
    return jump(Opcode.JMP32 | op.bits(), left, Register.R0, right, target);
  }

  private Assembler jump(int opcode, Register dst, Register src, int imm, Label target) {
    own(target);
    return place(new Insn(opcode, dst.number(), src.number(), (short) 0, imm), "", target);
  }

  /** Calls a kernel function: arguments in R1 to R5, all lost; result in R0. */
  public Assembler call(Helper helper) {
    return emit(Opcode.CALL, Register.R0, Register.R0, 0, helper.number());
  }

  /** Calls a subprogram of this program, which ends with {@link #exit}. */
  public Assembler call(Label subprogram) {
    own(subprogram);
    return place(new Insn(Opcode.CALL, 0, Opcode.PSEUDO_CALL, (short) 0, 0), "", subprogram);
  }

  public Assembler exit() {
    return emit(Opcode.EXIT, Register.R0, Register.R0, 0, 0);
  }

  /** Adds an instruction as it is; a jump in it is the caller's own arithmetic. */
  public Assembler append(Insn insn) {
    return place(insn, "", null);
  }

  private Assembler emit(int opcode, Register dst, Register src, int offset, int imm) {
    if (offset != (short) offset) {
      throw fail("offset " + offset + " is not in " + Short.MIN_VALUE + ".." + Short.MAX_VALUE);
    }
    return append(new Insn(opcode, dst.number(), src.number(), (short) offset, imm));
  }

  private Assembler place(Insn insn, String map, @Nullable Label target) {
    Statement statement = new Statement(insn, waitingLabels, map, waitingComment);
    lines.add(new Line(statement, target, nextSlot()));
    waitingLabels.clear();
    waitingComment = "";
    return this;
  }

  private int nextSlot() {
    if (lines.isEmpty()) {
      return 0;
    }
    Line last = lines.getLast();
    return last.slot + last.statement.insn().slots();
  }

  private void own(Label label) {
    if (!labels.contains(label)) {
      throw fail("label " + label + " belongs to another program");
    }
  }

  /**
   * Resolves the jumps.
   *
   * @throws AssemblyException if the program is empty, a label has no place or no instruction after
   *     it, or a jump is longer than 16 bits can say
   */
  public Bytecode assemble() {
    if (lines.isEmpty()) {
      throw fail("it has no instruction");
    }
    if (!waitingLabels.isEmpty()) {
      throw fail("label " + waitingLabels.getFirst() + " has no instruction after it");
    }
    return new Bytecode(name, lines.stream().map(this::resolve).toList());
  }

  private Statement resolve(Line line) {
    Label target = line.target;
    if (target == null) {
      return line.statement;
    }
    Integer place = places.get(target);
    if (place == null) {
      throw fail("label " + target + " is used at slot " + line.slot + " and never bound");
    }
    Statement statement = line.statement;
    Insn insn = aimed(statement.insn(), place - line.slot - 1, line);
    return new Statement(insn, statement.labels(), statement.map(), statement.comment());
  }

  private Insn aimed(Insn insn, int distance, Line line) {
    if (insn.opcode() == Opcode.CALL) {
      return new Insn(insn.opcode(), insn.dst(), insn.src(), (short) 0, distance);
    }
    if (insn.isWide()) {
      long imm = Integer.toUnsignedLong(distance);
      return new Insn(insn.opcode(), insn.dst(), insn.src(), (short) 0, imm);
    }
    if (distance != (short) distance) {
      throw fail(
          "jump at slot %d to label %s spans %d slots, a jump reaches %d to %d"
              .formatted(line.slot, line.target, distance, Short.MIN_VALUE, Short.MAX_VALUE));
    }
    return new Insn(insn.opcode(), insn.dst(), insn.src(), (short) distance, insn.imm());
  }

  private AssemblyException fail(String problem) {
    return new AssemblyException(name, problem);
  }
}
