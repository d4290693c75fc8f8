package io.arbalest.linux.bpf.asm;

import static io.arbalest.linux.bpf.asm.Register.R0;
import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R10;
import static io.arbalest.linux.bpf.asm.Register.R2;
import static io.arbalest.linux.bpf.asm.Register.R6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AssemblerTest {
  private final Assembler asm = new Assembler("sample");

  @Test
  void shouldListTheSameProgramAsTheSameText() {
    Label miss = asm.label("miss");
    asm.comment("the port's own entry")
        .mov(R6, R1)
        .load(Size.WORD, R2, R6, SkBuff.IFINDEX)
        .store(Size.WORD, R10, -4, R2)
        .mov(R2, R10)
        .add(R2, -4)
        .loadMap(R1, "ports")
        .call(Helper.MAP_LOOKUP_ELEM)
        .jump(JumpOp.JEQ, R0, 0, miss)
        .mov(R1, 1)
        .atomicAdd(Size.DOUBLE, R0, 8, R1)
        .bind(miss)
        .mov(R0, TcAction.SHOT)
        .exit();
    assertThat(asm.assemble().listing())
        .isEqualTo(
            """
                0  r6 = r1  ; the port's own entry
                1  r2 = *(u32 *)(r6 + 40)
                2  *(u32 *)(r10 - 4) = r2
                3  r2 = r10
                4  r2 += -4
                5  r1 = map[ports]
                7  call map_lookup_elem
                8  if r0 == 0 goto miss
                9  r1 = 1
               10  lock *(u64 *)(r0 + 8) += r1
            miss:
               11  r0 = 2
               12  exit
            """);
  }

  @Test
  void shouldCountTwoSlotsForAWideLoadInJumps() {
    Label back = asm.label("back");
    Label end = asm.label("end");
    asm.jump(end).bind(back).load(R1, 0x1122334455667788L).jump(back).bind(end).exit();
    Bytecode code = asm.assemble();
    assertThat(code.slots()).isEqualTo(5);
    assertThat(hex(code))
        .isEqualTo(
            "0500030000000000"
                + "18010000887766550000000044332211"
                + "0500fdff00000000"
                + "9500000000000000");
  }

  @Test
  void shouldPutDescriptorsIntoMapReferencesOnly() {
    asm.loadMap(R1, "ports").loadMapValue(R2, "counters", 16).load(R0, 0).exit();
    Bytecode code = asm.assemble();
    assertThat(code.maps()).containsExactly("ports", "counters");
    byte[] bytes = code.encode(map -> map.equals("ports") ? 7 : 9);
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "18110000070000000000000000000000"
                + "18220000090000000000000010000000"
                + "18000000000000000000000000000000"
                + "9500000000000000");
  }

  @Test
  void shouldCallASubprogramByItsDistance() {
    Label twice = asm.label("twice");
    asm.call(twice).exit().bind(twice).mov(R0, R1).exit();
    assertThat(ByteBuffer.wrap(asm.assemble().encode(map -> 0)))
        .isEqualTo(
            ByteBuffer.wrap(
                HexFormat.of()
                    .parseHex(
                        "8510000001000000"
                            + "9500000000000000"
                            + "bf10000000000000"
                            + "9500000000000000")));
  }

  @Test
  void shouldGiveEachLabelANameOfItsOwn() {
    assertThat(asm.label("next").name()).isEqualTo("next");
    assertThat(asm.label("next").name()).isEqualTo("next.2");
    assertThat(asm.label("next").name()).isEqualTo("next.3");
  }

  @Test
  void shouldRefuseALabelThatIsNeverBound() {
    asm.mov(R0, 0).jump(asm.label("nowhere"));
    assertThatThrownBy(asm::assemble)
        .isInstanceOf(AssemblyException.class)
        .hasMessage("program sample: label nowhere is used at slot 1 and never bound");
  }

  @Test
  void shouldRefuseALabelBoundTwice() {
    Label label = asm.label("here");
    asm.bind(label).exit();
    assertThatThrownBy(() -> asm.bind(label)).hasMessageContaining("here is bound twice");
  }

  @Test
  void shouldRefuseALabelOfAnotherProgram() {
    Label foreign = new Assembler("other").label("there");
    assertThatThrownBy(() -> asm.jump(foreign)).hasMessageContaining("belongs to another program");
    assertThatThrownBy(() -> asm.bind(foreign)).hasMessageContaining("belongs to another program");
  }

  @Test
  void shouldRefuseALabelAtTheEnd() {
    asm.exit().bind(asm.label("end"));
    assertThatThrownBy(asm::assemble).hasMessageContaining("end has no instruction after it");
  }

  @Test
  void shouldRefuseAnEmptyProgram() {
    assertThatThrownBy(asm::assemble).hasMessageContaining("no instruction");
  }

  @Test
  void shouldReachExactlyAsFarAsSixteenBits() {
    assertThat(jumpOver(Short.MAX_VALUE).slots()).isEqualTo(Short.MAX_VALUE + 2);
    assertThatThrownBy(() -> jumpOver(Short.MAX_VALUE + 1))
        .isInstanceOf(AssemblyException.class)
        .hasMessage(
            "program far: jump at slot 0 to label end spans 32768 slots, "
                + "a jump reaches -32768 to 32767");
  }

  private static Bytecode jumpOver(int slots) {
    Assembler far = new Assembler("far");
    Label end = far.label("end");
    far.jump(JumpOp.JEQ, R0, 0, end);
    for (int i = 0; i < slots; i++) {
      far.mov(R0, 0);
    }
    return far.bind(end).exit().assemble();
  }

  @Test
  void shouldRefuseAnOffsetOverSixteenBits() {
    assertThatThrownBy(() -> asm.load(Size.WORD, R0, R1, 32768))
        .hasMessageContaining("offset 32768 is not in -32768..32767");
  }

  @Test
  void shouldRefuseOperandsThatNoInstructionHas() {
    assertThatThrownBy(() -> asm.toBigEndian(R0, 24)).hasMessageContaining("not 24");
    assertThatThrownBy(() -> asm.atomicAdd(Size.HALF, R1, 0, R0)).hasMessageContaining("not 2");
    assertThatThrownBy(() -> asm.loadMap(R1, "")).hasMessageContaining("needs a name");
  }

  private static String hex(Bytecode code) {
    return HexFormat.of().formatHex(code.encode(map -> 0));
  }

  @Test
  void shouldNameTheFunctionsOfAProgram() {
    Assembler asm = new Assembler("main");
    Label callback = asm.label("callback");
    asm.load(Register.R3, 1).loadFunction(Register.R2, callback).call(Helper.LOOP).exit();
    asm.bind(callback).mov(Register.R0, 0).exit();
    Bytecode code = asm.assemble();
    assertThat(code.functions()).containsOnly(entry(0, "main"), entry(6, "callback"));
    assertThat(code.hasCallbacks()).isTrue();
    assertThat(code.statements().get(1).insn().imm()).isEqualTo(3);
    assertThat(code.listing()).contains("2  r2 = function callback", "4  call loop");
  }
}
