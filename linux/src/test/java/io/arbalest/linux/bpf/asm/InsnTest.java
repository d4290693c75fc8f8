package io.arbalest.linux.bpf.asm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InsnTest {
  private static final long SEED = 20261123;
  private static final int ROUNDS = 50_000;

  private static Insn decode(String hex) {
    return Insn.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
  }

  @Test
  void shouldShowWhatAnotherAssemblerWasTold() {
    for (InstructionTable.Row row : InstructionTable.rows()) {
      Insn insn = Insn.decode(ByteBuffer.wrap(row.bytes()));
      assertThat(insn.toString()).isEqualTo(row.text());
      assertThat(insn.encode()).as(row.text()).isEqualTo(row.bytes());
    }
  }

  @Test
  void shouldDecodeWhatItEncoded() {
    Random random = new Random(SEED);
    ByteBuffer buffer = ByteBuffer.allocate(2 * Insn.SLOT);
    for (int i = 0; i < ROUNDS; i++) {
      int opcode = random.nextInt(256);
      long imm = opcode == Opcode.LD_IMM64 ? random.nextLong() : random.nextInt();
      short offset = (short) random.nextInt();
      Insn insn = new Insn(opcode, random.nextInt(16), random.nextInt(16), offset, imm);
      buffer.clear();
      insn.encode(buffer);
      assertThat(buffer.position()).isEqualTo(insn.slots() * Insn.SLOT);
      assertThat(Insn.decode(buffer.flip())).isEqualTo(insn);
    }
  }

  @Test
  void shouldEncodeAndShowAnyBytesThatDecode() {
    Random random = new Random(SEED);
    byte[] bytes = new byte[Insn.SLOT];
    for (int i = 0; i < ROUNDS; i++) {
      random.nextBytes(bytes);
      if (Byte.toUnsignedInt(bytes[0]) == Opcode.LD_IMM64) {
        continue;
      }
      Insn insn = Insn.decode(ByteBuffer.wrap(bytes));
      assertThat(insn.encode()).isEqualTo(bytes);
      assertThat(insn.toString()).isNotBlank();
    }
  }

  @Test
  void shouldShowWhatNoInstructionSetDefines() {
    assertThat(decode("ff12030004000000").toString())
        .isEqualTo(".insn 0xff dst 2 src 1 off 3 imm 4");
    assertThat(decode("e512030004000000").toString()).startsWith(".insn 0xe5");
    assertThat(decode("cb12030000000000").toString()).startsWith(".insn 0xcb");
    assertThat(decode("8500000010270000").toString()).isEqualTo("call 10000");
  }

  @Test
  void shouldShowMapReferencesByDescriptor() {
    assertThat(decode("18110000070000000000000000000000").toString()).isEqualTo("r1 = map[fd 7]");
    assertThat(decode("18220000090000000000000010000000").toString())
        .isEqualTo("r2 = map[fd 9][0] + 16");
  }

  @Test
  void shouldLeaveTheBuffersOrderAlone() {
    ByteBuffer big = ByteBuffer.wrap(HexFormat.of().parseHex("b7010000fbffffff"));
    assertThat(Insn.decode(big).imm()).isEqualTo(-5);
    assertThat(big.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
  }

  @Test
  void shouldRefuseBytesThatEndInsideAnInstruction() {
    assertThatThrownBy(() -> decode("b7010000fbffff"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an instruction needs 8 bytes, 7 are left");
    assertThatThrownBy(() -> decode("1801000088776655"))
        .hasMessage("an instruction needs 8 bytes, 0 are left");
    assertThatThrownBy(() -> decode("18010000887766550100000044332211"))
        .hasMessageContaining("second half");
  }

  @Test
  void shouldRefuseFieldsThatDoNotFit() {
    short none = 0;
    assertThatThrownBy(() -> new Insn(256, 0, 0, none, 0))
        .hasMessage("opcode 256 is not in 0..255");
    assertThatThrownBy(() -> new Insn(0, 16, 0, none, 0)).hasMessage("dst 16 is not in 0..15");
    assertThatThrownBy(() -> new Insn(0, 0, -1, none, 0)).hasMessage("src -1 is not in 0..15");
    assertThatThrownBy(() -> new Insn(0xb7, 0, 0, none, 1L << 31))
        .hasMessage("imm 2147483648 does not fit 32 bits");
  }
}
