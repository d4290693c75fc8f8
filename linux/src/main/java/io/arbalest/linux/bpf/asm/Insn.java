package io.arbalest.linux.bpf.asm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One instruction as the kernel stores it: 8 bytes, or 16 for the load of a 64-bit immediate.
 *
 * <p>Register fields are plain numbers, because some instructions keep a kind there instead of a
 * register. Any 8 bytes decode to an instruction and back; whether it means anything is for the
 * verifier to say.
 *
 * @param opcode 0 to 255
 * @param dst the destination field, 0 to 15
 * @param src the source field, 0 to 15
 * @param offset of a memory access in bytes, or of a jump in slots from the next instruction
 * @param imm the immediate; 64 bits are kept by the two-slot instruction only
 */
public record Insn(int opcode, int dst, int src, short offset, long imm) {
  /** Bytes of one slot. */
  public static final int SLOT = 8;

  private static final int NIBBLE = 15;

  /**
   * Checks that each field fits its bits.
   *
   * @throws IllegalArgumentException if a field does not fit its bits
   */
  public Insn {
    check("opcode", opcode, 0xff);
    check("dst", dst, NIBBLE);
    check("src", src, NIBBLE);
    if (opcode != Opcode.LD_IMM64 && imm != (int) imm) {
      throw new IllegalArgumentException("imm " + imm + " does not fit 32 bits");
    }
  }

  private static void check(String field, int value, int max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(field + " " + value + " is not in 0.." + max);
    }
  }

  /** Whether this is the 16-byte load of a 64-bit immediate. */
  public boolean isWide() {
    return opcode == Opcode.LD_IMM64;
  }

  /** Whether it loads the address of a subprogram. */
  boolean isFunctionAddress() {
    return isWide() && src == Opcode.PSEUDO_FUNC;
  }

  /** Whether its immediate is the distance to a subprogram. */
  boolean entersFunction() {
    return isFunctionAddress() || (opcode == Opcode.CALL && src == Opcode.PSEUDO_CALL);
  }

  /** How many 8-byte slots it takes; jumps count slots. */
  public int slots() {
    return isWide() ? 2 : 1;
  }

  /** Appends the encoding, little-endian whatever the buffer's order. */
  public void encode(ByteBuffer out) {
    ByteOrder before = out.order();
    out.order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) opcode).put((byte) (src << 4 | dst)).putShort(offset).putInt((int) imm);
    if (isWide()) {
      out.putInt(0).putInt((int) (imm >>> 32));
    }
    out.order(before);
  }

  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(slots() * SLOT);
    encode(out);
    return out.array();
  }

  /**
   * Takes the next instruction off the buffer.
   *
   * @throws IllegalArgumentException if the buffer ends inside it, or if the second half of a
   *     two-slot instruction carries more than an immediate
   */
  public static Insn decode(ByteBuffer in) {
    require(in, SLOT);
    ByteOrder before = in.order();
    in.order(ByteOrder.LITTLE_ENDIAN);
    try {
      int opcode = Byte.toUnsignedInt(in.get());
      int registers = Byte.toUnsignedInt(in.get());
      short offset = in.getShort();
      long imm = in.getInt();
      if (opcode == Opcode.LD_IMM64) {
        imm = Integer.toUnsignedLong((int) imm) | secondHalf(in) << 32;
      }
      return new Insn(opcode, registers & NIBBLE, registers >> 4, offset, imm);
    } finally {
      in.order(before);
    }
  }

  private static long secondHalf(ByteBuffer in) {
    require(in, SLOT);
    if (in.getInt() != 0) {
      throw new IllegalArgumentException("second half of a 64-bit load carries an instruction");
    }
    return in.getInt();
  }

  private static void require(ByteBuffer in, int bytes) {
    if (in.remaining() < bytes) {
      throw new IllegalArgumentException(
          "an instruction needs " + bytes + " bytes, " + in.remaining() + " are left");
    }
  }

  /** The instruction in LLVM's notation, jumps as {@code goto +3}. */
  @Override
  public String toString() {
    return Disassembler.text(this, Disassembler::relative, "");
  }
}
