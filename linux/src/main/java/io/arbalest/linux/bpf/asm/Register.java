package io.arbalest.linux.bpf.asm;

/**
 * A BPF register. R0 holds a result, R1 to R5 a helper's arguments (lost by every call), R6 to R9
 * survive calls, R10 is the read-only address just past the 512 bytes of stack.
 */
public enum Register {
  R0(0),
  R1(1),
  R2(2),
  R3(3),
  R4(4),
  R5(5),
  R6(6),
  R7(7),
  R8(8),
  R9(9),
  R10(10);

  private final int number;

  Register(int number) {
    this.number = number;
  }

  /** The number that an instruction carries. */
  int number() {
    return number;
  }

  /** The 64-bit name of a register number, also of one that does not exist. */
  static String name(int number) {
    return "r" + number;
  }

  /** The name of the low 32 bits of a register number. */
  static String name32(int number) {
    return "w" + number;
  }

  @Override
  public String toString() {
    return name(number);
  }
}
