package io.arbalest.linux.bpf.asm;

/** The bit fields of an opcode, {@code linux/bpf_common.h} and {@code linux/bpf.h}. */
final class Opcode {
  static final int CLASS_MASK = 0x07;
  static final int LD = 0x00;
  static final int LDX = 0x01;
  static final int ST = 0x02;
  static final int STX = 0x03;
  static final int ALU = 0x04;
  static final int JMP = 0x05;
  static final int JMP32 = 0x06;
  static final int ALU64 = 0x07;

  /** The operation of an arithmetic or jump opcode. */
  static final int OP_MASK = 0xf0;

  /** The source operand is a register rather than the immediate. */
  static final int SOURCE_REGISTER = 0x08;

  static final int MODE_MASK = 0xe0;
  static final int MODE_IMM = 0x00;
  static final int MODE_MEM = 0x60;
  static final int MODE_ATOMIC = 0xc0;

  static final int NEG = ALU64 | 0x80;
  static final int TO_LITTLE_ENDIAN = ALU | 0xd0;
  static final int TO_BIG_ENDIAN = TO_LITTLE_ENDIAN | SOURCE_REGISTER;
  static final int JA = JMP;
  static final int CALL = JMP | 0x80;
  static final int EXIT = JMP | 0x90;

  /** The only instruction of two slots. */
  static final int LD_IMM64 = LD | MODE_IMM | 0x18;

  /** Source register of {@link #LD_IMM64}: the immediate is a map's file descriptor. */
  static final int PSEUDO_MAP_FD = 1;

  /** Likewise, and the second half is an offset into the only value of that array map. */
  static final int PSEUDO_MAP_VALUE = 2;

  /** Source register of {@link #LD_IMM64}: the immediate is the distance to a subprogram. */
  static final int PSEUDO_FUNC = 4;

  /** Source register of {@link #CALL}: the immediate is the distance to a subprogram. */
  static final int PSEUDO_CALL = 1;

  /** Immediates of an atomic store: what is done, and whether the old value comes back. */
  static final int ATOMIC_ADD = 0;

  static final int ATOMIC_FETCH_ADD = 0x01;
  static final int ATOMIC_EXCHANGE = 0xe1;

  private Opcode() {}

  static int classOf(int opcode) {
    return opcode & CLASS_MASK;
  }

  static boolean isJumpClass(int opcode) {
    return classOf(opcode) == JMP || classOf(opcode) == JMP32;
  }
}
