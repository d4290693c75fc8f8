package io.arbalest.linux.bpf.asm;

/** The width of a memory access. */
public enum Size {
  BYTE(0x10, 1),
  HALF(0x08, 2),
  WORD(0x00, 4),
  DOUBLE(0x18, 8);

  static final int MASK = 0x18;

  private final int bits;
  private final int bytes;

  Size(int bits, int bytes) {
    this.bits = bits;
    this.bytes = bytes;
  }

  /** The bits of the opcode that say this width. */
  int bits() {
    return bits;
  }

  public int bytes() {
    return bytes;
  }

  /** The width that an opcode says. */
  static Size of(int opcode) {
    return switch (opcode & MASK) {
      case 0x10 -> BYTE;
      case 0x08 -> HALF;
      case 0x00 -> WORD;
      default -> DOUBLE;
    };
  }

  /** As the listing writes it: {@code u32}. */
  @Override
  public String toString() {
    return "u" + bytes * 8;
  }
}
