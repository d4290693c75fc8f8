package io.arbalest.linux.bpf.asm;

import static io.arbalest.linux.bpf.asm.Register.R0;
import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R10;
import static io.arbalest.linux.bpf.asm.Register.R2;
import static io.arbalest.linux.bpf.asm.Register.R3;
import static io.arbalest.linux.bpf.asm.Register.R4;
import static io.arbalest.linux.bpf.asm.Register.R5;
import static io.arbalest.linux.bpf.asm.Register.R6;
import static io.arbalest.linux.bpf.asm.Register.R9;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The assembler's methods, each against the bytes that another assembler made of its text. */
class EncodingTest {
  private final Assembler asm = new Assembler("table");

  private void assertMatches(String... texts) {
    List<Statement> statements = asm.assemble().statements();
    assertThat(statements).hasSize(texts.length);
    for (int i = 0; i < texts.length; i++) {
      assertThat(HexFormat.of().formatHex(statements.get(i).insn().encode()))
          .as(texts[i])
          .isEqualTo(bytesOf(texts[i]));
    }
  }

  private static String bytesOf(String text) {
    return InstructionTable.rows().stream()
        .filter(row -> row.text().equals(text))
        .map(InstructionTable.Row::hex)
        .findFirst()
        .orElseThrow(() -> new AssertionError("the table has no " + text));
  }

  @Test
  void shouldEncodeMoves() {
    asm.mov(R6, R1).mov(R1, 5).mov(R1, -5).mov32(R2, R3).mov32(R2, Integer.MAX_VALUE);
    asm.load(R1, 0x1122334455667788L).load(R1, 1);
    assertMatches(
        "r6 = r1",
        "r1 = 5",
        "r1 = -5",
        "w2 = w3",
        "w2 = 0x7fffffff",
        "r1 = 0x1122334455667788 ll",
        "r1 = 1 ll");
  }

  @Test
  void shouldEncodeArithmetic() {
    asm.add(R1, R2).add(R1, -4).alu(AluOp.SUB, R3, R4).alu(AluOp.MUL, R3, 10);
    asm.alu(AluOp.DIV, R3, R4).or(R3, R4).and(R3, 0xff00).alu32(AluOp.AND, R3, -0x1000);
    asm.lsh(R3, 3).alu(AluOp.RSH, R3, R5).alu(AluOp.MOD, R3, 7).alu32(AluOp.XOR, R3, R9);
    asm.alu(AluOp.ARSH, R3, 63).negate(R4);
    asm.toBigEndian(R1, 16).toBigEndian(R1, 32).toBigEndian(R1, 64).toLittleEndian(R1, 16);
    assertMatches(
        "r1 += r2",
        "r1 += -4",
        "r3 -= r4",
        "r3 *= 10",
        "r3 /= r4",
        "r3 |= r4",
        "r3 &= 0xff00",
        "w3 &= -0x1000",
        "r3 <<= 3",
        "r3 >>= r5",
        "r3 %= 7",
        "w3 ^= w9",
        "r3 s>>= 63",
        "r4 = -r4",
        "r1 = be16 r1",
        "r1 = be32 r1",
        "r1 = be64 r1",
        "r1 = le16 r1");
  }

  @Test
  void shouldEncodeMemoryAccess() {
    asm.load(Size.BYTE, R2, R1, 0).load(Size.HALF, R2, R1, 12);
    asm.load(Size.WORD, R2, R6, SkBuff.IFINDEX).load(Size.DOUBLE, R0, R10, -8);
    asm.store(Size.BYTE, R10, -1, R3).store(Size.HALF, R10, -2, R3);
    asm.store(Size.WORD, R10, -4, R3).store(Size.DOUBLE, R10, -512, R3);
    asm.store(Size.BYTE, R10, -1, 5).store(Size.WORD, R10, -4, 0x86dd);
    asm.store(Size.DOUBLE, R10, -8, -1);
    asm.atomicAdd(Size.WORD, R0, 4, R1).atomicAdd(Size.DOUBLE, R0, 8, R1);
    asm.atomicFetchAdd(R0, 8, R1).exchange(R0, -8, R1);
    assertMatches(
        "r2 = *(u8 *)(r1 + 0)",
        "r2 = *(u16 *)(r1 + 12)",
        "r2 = *(u32 *)(r6 + 40)",
        "r0 = *(u64 *)(r10 - 8)",
        "*(u8 *)(r10 - 1) = r3",
        "*(u16 *)(r10 - 2) = r3",
        "*(u32 *)(r10 - 4) = r3",
        "*(u64 *)(r10 - 512) = r3",
        "*(u8 *)(r10 - 1) = 5",
        "*(u32 *)(r10 - 4) = 0x86dd",
        "*(u64 *)(r10 - 8) = -1",
        "lock *(u32 *)(r0 + 4) += r1",
        "lock *(u64 *)(r0 + 8) += r1",
        "r1 = atomic_fetch_add((u64 *)(r0 + 8), r1)",
        "r1 = xchg_64(r0 - 8, r1)");
  }

  @Test
  void shouldEncodeConditionsOnRegisters() {
    assertJump("if r1 == r2 goto +1", target -> asm.jump(JumpOp.JEQ, R1, R2, target));
    assertJump("if r1 >= r2 goto +1", target -> asm.jump(JumpOp.JGE, R1, R2, target));
  }

  @Test
  void shouldEncodeConditionsOnImmediates() {
    assertJump("if r1 == 0 goto +1", target -> asm.jump(JumpOp.JEQ, R1, 0, target));
    assertJump("if r1 > 0x86dd goto +1", target -> asm.jump(JumpOp.JGT, R1, 0x86dd, target));
    assertJump("if r1 & 1 goto +1", target -> asm.jump(JumpOp.JSET, R1, 1, target));
    assertJump("if r1 != -1 goto +1", target -> asm.jump(JumpOp.JNE, R1, -1, target));
    assertJump("if r1 s> 5 goto +1", target -> asm.jump(JumpOp.JSGT, R1, 5, target));
    assertJump("if r1 s>= 5 goto +1", target -> asm.jump(JumpOp.JSGE, R1, 5, target));
    assertJump("if r1 < 5 goto +1", target -> asm.jump(JumpOp.JLT, R1, 5, target));
    assertJump("if r1 <= 5 goto +1", target -> asm.jump(JumpOp.JLE, R1, 5, target));
    assertJump("if r1 s< 5 goto +1", target -> asm.jump(JumpOp.JSLT, R1, 5, target));
    assertJump("if w1 == 0 goto +1", target -> asm.jump32(JumpOp.JEQ, R1, 0, target));
  }

  private void assertJump(String text, Consumer<Label> jump) {
    Label target = asm.label("target");
    jump.accept(target);
    asm.exit().bind(target).exit();
    List<Statement> statements = asm.assemble().statements();
    byte[] made = statements.get(statements.size() - 3).insn().encode();
    assertThat(HexFormat.of().formatHex(made)).as(text).isEqualTo(bytesOf(text));
  }

  @Test
  void shouldEncodeTheFarthestJumps() {
    Label back = asm.label("back");
    Label far = asm.label("far");
    asm.bind(back);
    for (int i = 0; i < -Short.MIN_VALUE - 1; i++) {
      asm.mov(R0, 0);
    }
    asm.jump(JumpOp.JSLE, R1, R9, back).jump32(JumpOp.JGT, R1, R2, far);
    for (int i = 0; i < Short.MAX_VALUE; i++) {
      asm.mov(R0, 0);
    }
    asm.bind(far).exit();
    List<Statement> statements = asm.assemble().statements();
    int at = -Short.MIN_VALUE - 1;
    assertThat(statements.get(at).insn().toString()).isEqualTo("if r1 s<= r9 goto -32768");
    assertThat(statements.get(at + 1).insn().toString()).isEqualTo("if w1 > w2 goto +32767");
  }

  @Test
  void shouldEncodeCallsAndExit() {
    asm.call(Helper.SKB_LOAD_BYTES).exit();
    assertMatches("call skb_load_bytes", "exit");
  }
}
