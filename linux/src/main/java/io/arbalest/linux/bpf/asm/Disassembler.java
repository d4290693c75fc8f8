package io.arbalest.linux.bpf.asm;

import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The text of an instruction. Total: what no instruction set defines is shown as {@code .insn} with
 * its fields.
 */
final class Disassembler {
  /** Beyond these an immediate is shown in hex: it is more likely a mask or a protocol number. */
  private static final long DECIMAL_MIN = -256;

  private static final long DECIMAL_MAX = 255;

  private Disassembler() {}

  /** How a jump is shown where nothing is known of its target. */
  static String relative(int offset) {
    return offset < 0 ? String.valueOf(offset) : "+" + offset;
  }

  /**
   * @param target names the place that a jump of so many slots leads to
   * @param map the name of the map that the instruction refers to, or empty
   */
  static String text(Insn insn, IntFunction<String> target, String map) {
    return switch (Opcode.classOf(insn.opcode())) {
      case Opcode.LD -> insn.isWide() ? wide(insn, target, map) : unknown(insn);
      case Opcode.LDX, Opcode.ST, Opcode.STX -> memory(insn);
      case Opcode.ALU, Opcode.ALU64 -> alu(insn);
      default -> jump(insn, target);
    };
  }

  private static String wide(Insn insn, IntFunction<String> target, String map) {
    String dst = Register.name(insn.dst());
    String name = map.isEmpty() ? "fd " + (int) insn.imm() : map;
    return switch (insn.src()) {
      case 0 -> dst + " = " + number(insn.imm()) + " ll";
      case Opcode.PSEUDO_MAP_FD -> dst + " = map[" + name + "]";
      case Opcode.PSEUDO_MAP_VALUE -> dst + " = map[" + name + "][0]" + at(insn.imm() >> 32);
      // The distance counts from the second slot.
      case Opcode.PSEUDO_FUNC -> dst + " = function " + target.apply((int) insn.imm() - 1);
      default -> unknown(insn);
    };
  }

  private static String memory(Insn insn) {
    int mode = insn.opcode() & Opcode.MODE_MASK;
    int kind = Opcode.classOf(insn.opcode());
    if (mode == Opcode.MODE_MEM) {
      return switch (kind) {
        case Opcode.LDX -> Register.name(insn.dst()) + " = " + cell(insn, insn.src());
        case Opcode.ST -> cell(insn, insn.dst()) + " = " + number(insn.imm());
        default -> cell(insn, insn.dst()) + " = " + Register.name(insn.src());
      };
    }
    return mode == Opcode.MODE_ATOMIC && kind == Opcode.STX ? atomic(insn) : unknown(insn);
  }

  private static String atomic(Insn insn) {
    Size size = Size.of(insn.opcode());
    String src = Register.name(insn.src());
    String address = Register.name(insn.dst()) + at(insn.offset());
    if (insn.imm() == Opcode.ATOMIC_ADD && size.bytes() >= Size.WORD.bytes()) {
      return "lock " + cell(insn, insn.dst()) + " += " + src;
    }
    if (insn.imm() == Opcode.ATOMIC_FETCH_ADD && size == Size.DOUBLE) {
      return src + " = atomic_fetch_add((" + size + " *)(" + address + "), " + src + ")";
    }
    return insn.imm() == Opcode.ATOMIC_EXCHANGE && size == Size.DOUBLE
        ? src + " = xchg_64(" + address + ", " + src + ")"
        : unknown(insn);
  }

  private static String cell(Insn insn, int base) {
    String address = Register.name(base) + at(insn.offset());
    return "*(" + Size.of(insn.opcode()) + " *)(" + address + ")";
  }

  private static String at(long offset) {
    return offset < 0 ? " - " + -offset : " + " + offset;
  }

  private static String alu(Insn insn) {
    int opcode = insn.opcode();
    boolean wide = Opcode.classOf(opcode) == Opcode.ALU64;
    if (opcode == Opcode.TO_BIG_ENDIAN || opcode == Opcode.TO_LITTLE_ENDIAN) {
      String order = opcode == Opcode.TO_BIG_ENDIAN ? "be" : "le";
      String dst = Register.name(insn.dst());
      return dst + " = " + order + insn.imm() + " " + dst;
    }
    String dst = register(wide, insn.dst());
    if ((opcode & Opcode.OP_MASK) == (Opcode.NEG & Opcode.OP_MASK)) {
      return dst + " = -" + dst;
    }
    return AluOp.of(opcode)
        .map(op -> dst + " " + op.symbol() + " " + source(insn, wide))
        .orElseGet(() -> unknown(insn));
  }

  private static String jump(Insn insn, IntFunction<String> target) {
    boolean wide = Opcode.classOf(insn.opcode()) == Opcode.JMP;
    return switch (insn.opcode()) {
      case Opcode.JA -> "goto " + target.apply(insn.offset());
      case Opcode.CALL -> call(insn, target);
      case Opcode.EXIT -> "exit";
      default -> {
        Optional<JumpOp> op = JumpOp.of(insn.opcode());
        yield op.isEmpty()
            ? unknown(insn)
            : String.format(
                Locale.ROOT,
                "if %s %s %s goto %s",
                register(wide, insn.dst()),
                op.get().symbol(),
                source(insn, wide),
                target.apply(insn.offset()));
      }
    };
  }

  private static String call(Insn insn, IntFunction<String> target) {
    if (insn.src() == Opcode.PSEUDO_CALL) {
      return "call " + target.apply((int) insn.imm());
    }
    String number = "call " + insn.imm();
    return Helper.of(insn.imm()).map(helper -> "call " + helper).orElse(number);
  }

  private static String source(Insn insn, boolean wide) {
    return (insn.opcode() & Opcode.SOURCE_REGISTER) != 0
        ? register(wide, insn.src())
        : number(insn.imm());
  }

  private static String register(boolean wide, int number) {
    return wide ? Register.name(number) : Register.name32(number);
  }

  private static String number(long value) {
    return value >= DECIMAL_MIN && value <= DECIMAL_MAX ? String.valueOf(value) : hex(value);
  }

  /** A negative 32-bit immediate keeps its sign, because the machine extends it to 64 bits. */
  private static String hex(long value) {
    boolean small = value < 0 && value >= Integer.MIN_VALUE;
    return small ? "-0x" + Long.toHexString(-value) : "0x" + Long.toHexString(value);
  }

  private static String unknown(Insn insn) {
    return String.format(
        Locale.ROOT,
        ".insn 0x%02x dst %d src %d off %d imm %s",
        insn.opcode(),
        insn.dst(),
        insn.src(),
        insn.offset(),
        number(insn.imm()));
  }
}
