package io.arbalest.linux.bpf.asm;

import java.util.Optional;

/** An arithmetic operation {@code dst = dst op source}; division and modulo are unsigned. */
public enum AluOp {
  ADD(0x00, "+="),
  SUB(0x10, "-="),
  MUL(0x20, "*="),
  DIV(0x30, "/="),
  OR(0x40, "|="),
  AND(0x50, "&="),
  LSH(0x60, "<<="),
  RSH(0x70, ">>="),
  MOD(0x90, "%="),
  XOR(0xa0, "^="),
  MOV(0xb0, "="),
  /** Shift right that keeps the sign. */
  ARSH(0xc0, "s>>=");

  private final int bits;
  private final String symbol;

  AluOp(int bits, String symbol) {
    this.bits = bits;
    this.symbol = symbol;
  }

  int bits() {
    return bits;
  }

  String symbol() {
    return symbol;
  }

  static Optional<AluOp> of(int opcode) {
    for (AluOp op : values()) {
      if (op.bits == (opcode & Opcode.OP_MASK)) {
        return Optional.of(op);
      }
    }
    return Optional.empty();
  }
}
