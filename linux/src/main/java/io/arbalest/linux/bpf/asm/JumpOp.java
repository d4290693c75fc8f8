package io.arbalest.linux.bpf.asm;

import java.util.Optional;

/** The condition of a jump; names with S compare as signed numbers. */
public enum JumpOp {
  JEQ(0x10, "=="),
  JGT(0x20, ">"),
  JGE(0x30, ">="),
  /** Taken when the two operands have a bit in common. */
  JSET(0x40, "&"),
  JNE(0x50, "!="),
  JSGT(0x60, "s>"),
  JSGE(0x70, "s>="),
  JLT(0xa0, "<"),
  JLE(0xb0, "<="),
  JSLT(0xc0, "s<"),
  JSLE(0xd0, "s<=");

  private final int bits;
  private final String symbol;

  JumpOp(int bits, String symbol) {
    this.bits = bits;
    this.symbol = symbol;
  }

  int bits() {
    return bits;
  }

  String symbol() {
    return symbol;
  }

  static Optional<JumpOp> of(int opcode) {
    for (JumpOp op : values()) {
      if (op.bits == (opcode & Opcode.OP_MASK)) {
        return Optional.of(op);
      }
    }
    return Optional.empty();
  }
}
