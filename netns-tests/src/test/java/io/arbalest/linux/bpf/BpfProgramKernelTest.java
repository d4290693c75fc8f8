package io.arbalest.linux.bpf;

import static io.arbalest.linux.bpf.asm.Register.R0;
import static io.arbalest.linux.bpf.asm.Register.R1;
import static io.arbalest.linux.bpf.asm.Register.R10;
import static io.arbalest.linux.bpf.asm.Register.R2;
import static io.arbalest.linux.bpf.asm.Register.R3;
import static io.arbalest.linux.bpf.asm.Register.R4;
import static io.arbalest.linux.bpf.asm.Register.R5;
import static io.arbalest.linux.bpf.asm.Register.R6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.bpf.asm.AluOp;
import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.JumpOp;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.bpf.asm.SkBuff;
import io.arbalest.linux.bpf.asm.TcAction;
import io.arbalest.linux.sys.Errno;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.linux.sys.KernelException;
import io.arbalest.testing.Privileged;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Privileged
class BpfProgramKernelTest {
  private static final byte[] FRAME = new byte[64];
  private static final int LOOPBACK = 1;

  private static BpfProgram load(UnaryOperator<Assembler> body) {
    return BpfProgram.load(body.apply(new Assembler("test")).assemble(), Map.of());
  }

  private static void assertRefused(ThrowingCallable call, Errno errno, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KernelException.class,
            e -> {
              assertThat(e.errno()).isEqualTo(errno);
              assertThat(e.detail()).contains(words);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {TcAction.UNSPEC, TcAction.OK, TcAction.SHOT, 1234567})
  void shouldReturnTheVerdict(int verdict) {
    try (BpfProgram program = load(asm -> asm.mov32(R0, verdict).exit())) {
      TestRun run = program.testRun(FRAME);
      assertThat(run.verdict()).isEqualTo(verdict);
      assertThat(run.frame()).isEqualTo(FRAME);
    }
  }

  @Test
  void shouldShowTheVerifiersWords() {
    assertRefused(() -> load(asm -> asm.mov(R0, R5).exit()), Errno.EACCES, "R5 !read_ok");
    assertThatThrownBy(() -> load(asm -> asm.load(Size.WORD, R0, R1, 4000).exit()))
        .hasMessageStartingWith("BPF_PROG_LOAD test: ")
        .hasMessageContaining("invalid bpf_context access off=4000 size=4")
        .hasMessageEndingWith("Permission denied (EACCES)");
  }

  @Test
  void shouldShowTheEndOfALogThatIsLargerThanTheFirstRoomForIt() {
    assertRefused(
        () ->
            load(
                asm -> {
                  asm.mov(R0, 0);
                  for (int i = 0; i < 4000; i++) {
                    asm.store(Size.DOUBLE, R10, -8, i).load(Size.DOUBLE, R2, R10, -8);
                  }
                  return asm.mov(R0, R5).exit();
                }),
        Errno.EACCES,
        "R5 !read_ok");
  }

  @Test
  void shouldRefuseAProgramWithoutAnEnd() {
    assertRefused(() -> load(asm -> asm.mov(R0, 0)), Errno.EINVAL, "last insn is not an exit");
  }

  @Test
  void shouldNameAMapThatIsNotGiven() {
    assertThatThrownBy(() -> load(asm -> asm.loadMap(R1, "ports").mov(R0, 0).exit()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("program test uses map ports, given are []");
  }

  @Test
  void shouldRefuseANameThatTheKernelWouldNotTake() {
    Assembler asm = new Assembler("no spaces");
    assertThatThrownBy(() -> BpfProgram.load(asm.mov(R0, 0).exit().assemble(), Map.of()))
        .hasMessageContaining("program name 'no spaces': 1 to 15");
  }

  /** The verifier names the helper that a number stands for, and lets our licence call it. */
  @ParameterizedTest
  @EnumSource(Helper.class)
  void shouldCallTheHelperThatTheNameSays(Helper helper) {
    UnaryOperator<Assembler> broken = asm -> asm.call(helper).mov(R0, R5).exit();
    assertThatThrownBy(() -> load(broken))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("bpf_" + helper + "#" + helper.number())
        .hasMessageNotContaining("GPL");
  }

  @Test
  void shouldSeeTheContext() {
    try (BpfProgram program =
        load(
            asm ->
                asm.load(Size.WORD, R0, R1, SkBuff.MARK)
                    .load(Size.WORD, R2, R1, SkBuff.IFINDEX)
                    .lsh(R2, 8)
                    .or(R0, R2)
                    .load(Size.WORD, R2, R1, SkBuff.LEN)
                    .lsh(R2, 16)
                    .or(R0, R2)
                    .mov(R2, 99)
                    .store(Size.WORD, R1, SkBuff.CB + 4, R2)
                    .exit())) {
      TestRun run = program.testRun(TestInput.of(FRAME).ifindex(LOOPBACK).with(SkBuff.MARK, 7));
      assertThat(run.verdict()).isEqualTo(FRAME.length << 16 | LOOPBACK << 8 | 7);
      assertThat(run.context(SkBuff.CB + 4)).isEqualTo(99);
    }
  }

  @Test
  void shouldReadOffsetsOfTheContextWhereTheKernelHasThem() {
    byte[] frame = FRAME.clone();
    frame[12] = 8;
    TestInput input =
        TestInput.of(frame)
            .with(SkBuff.PRIORITY, 11)
            .with(SkBuff.GSO_SIZE, 1400)
            .with(SkBuff.GSO_SEGS, 3)
            .with(SkBuff.CB + 16, 13);
    assertThat(wordOf(input, SkBuff.PRIORITY)).isEqualTo(11);
    assertThat(wordOf(input, SkBuff.GSO_SIZE)).isEqualTo(1400);
    assertThat(wordOf(input, SkBuff.GSO_SEGS)).isEqualTo(3);
    assertThat(wordOf(input, SkBuff.CB + 16)).isEqualTo(13);
    assertThat(wordOf(input, SkBuff.PROTOCOL)).isEqualTo(8);
    assertThat(wordOf(input, SkBuff.VLAN_PRESENT)).isEqualTo(0);
  }

  private static int wordOf(TestInput input, int offset) {
    try (BpfProgram program = load(asm -> asm.load(Size.WORD, R0, R1, offset).exit())) {
      return program.testRun(input).verdict();
    }
  }

  @Test
  void shouldRefuseAContextThatTheKernelDoesNotTake() {
    try (BpfProgram program = load(asm -> asm.mov(R0, 0).exit())) {
      assertRefused(
          () -> program.testRun(TestInput.of(FRAME).with(SkBuff.LEN, 1)), Errno.EINVAL, "");
      assertRefused(() -> program.testRun(FRAME, 99_999_999), Errno.ENODEV, "");
      assertRefused(() -> program.testRun(new byte[13]), Errno.EINVAL, "");
    }
  }

  @Test
  void shouldReadAndRewriteTheFrame() {
    try (BpfProgram program =
        load(
            asm ->
                asm.mov(R6, R1)
                    .mov(R2, 12)
                    .mov(R3, R10)
                    .add(R3, -8)
                    .mov(R4, 2)
                    .call(Helper.SKB_LOAD_BYTES)
                    .load(Size.HALF, R2, R10, -8)
                    .toBigEndian(R2, 16)
                    .add(R2, 1)
                    .toBigEndian(R2, 16)
                    .store(Size.HALF, R10, -8, R2)
                    .mov(R1, R6)
                    .mov(R2, 12)
                    .mov(R3, R10)
                    .add(R3, -8)
                    .mov(R4, 2)
                    .mov(R5, 0)
                    .call(Helper.SKB_STORE_BYTES)
                    .exit())) {
      byte[] frame = FRAME.clone();
      frame[12] = 0x08;
      frame[13] = (byte) 0xff;
      byte[] expected = FRAME.clone();
      expected[12] = 0x09;
      TestRun run = program.testRun(frame);
      assertThat(run.verdict()).isEqualTo(0);
      assertThat(run.frame()).isEqualTo(expected);
    }
  }

  @Test
  void shouldReadTheFrameDirectlyWithinItsBounds() {
    try (BpfProgram program =
        load(
            asm -> {
              Label runt = asm.label("runt");
              return asm.mov(R0, TcAction.SHOT)
                  .load(Size.WORD, R2, R1, SkBuff.DATA)
                  .load(Size.WORD, R3, R1, SkBuff.DATA_END)
                  .mov(R4, R2)
                  .add(R4, 20)
                  .jump(JumpOp.JGT, R4, R3, runt)
                  .load(Size.BYTE, R0, R2, 19)
                  .bind(runt)
                  .exit();
            })) {
      byte[] frame = FRAME.clone();
      frame[19] = 77;
      assertThat(program.testRun(frame).verdict()).isEqualTo(77);
      assertThat(program.testRun(new byte[19]).verdict()).isEqualTo(TcAction.SHOT);
    }
  }

  @Test
  void shouldMakeAFrameLonger() {
    try (BpfProgram program =
        load(asm -> asm.mov(R2, 200).mov(R3, 0).call(Helper.SKB_CHANGE_TAIL).exit())) {
      assertThat(program.testRun(FRAME).frame()).hasSize(200);
    }
  }

  @Test
  void shouldCountInMapsByReferenceAndByAddress() {
    MapSpec ports = new MapSpec("ports", MapKind.PERCPU_HASH, 4, 8, 4);
    MapSpec total = new MapSpec("total", MapKind.ARRAY, 4, 16, 1);
    Assembler asm = new Assembler("count");
    Label miss = asm.label("miss");
    asm.load(Size.WORD, R2, R1, SkBuff.IFINDEX)
        .store(Size.WORD, R10, -4, R2)
        .mov(R2, R10)
        .add(R2, -4)
        .loadMap(R1, "ports")
        .call(Helper.MAP_LOOKUP_ELEM)
        .jump(JumpOp.JEQ, R0, 0, miss)
        .mov(R1, 1)
        .atomicAdd(Size.DOUBLE, R0, 0, R1)
        .loadMapValue(R2, "total", 8)
        .atomicAdd(Size.DOUBLE, R2, 0, R1)
        .bind(miss)
        .mov(R0, 0)
        .exit();
    byte[] key = {LOOPBACK, 0, 0, 0};
    try (BpfObjects objects = BpfObjects.create(List.of(ports, total));
        BpfProgram program = objects.load(asm.assemble())) {
      program.testRun(FRAME, LOOPBACK);
      assertThat(objects.map("total").sums(new byte[4])).containsExactly(0, 0);
      objects.map("ports").update(key, new byte[8]);
      program.testRun(TestInput.of(FRAME).ifindex(LOOPBACK).repeated(1000));
      assertThat(objects.map("ports").sums(key)).containsExactly(1000);
      assertThat(objects.map("total").sums(new byte[4])).containsExactly(0, 1000);
      assertThat(program.info().mapIds())
          .containsExactlyInAnyOrder(
              objects.map("ports").info().id(), objects.map("total").info().id());
    }
  }

  @Test
  void shouldCallASubprogram() {
    try (BpfProgram program =
        load(
            asm -> {
              Label square = asm.label("square");
              return asm.mov(R1, 12)
                  .call(square)
                  .exit()
                  .bind(square)
                  .mov(R0, R1)
                  .alu(AluOp.MUL, R0, R1)
                  .exit();
            })) {
      assertThat(program.testRun(FRAME).verdict()).isEqualTo(144);
    }
  }

  @Test
  void shouldBeKnownByItsId() {
    try (BpfProgram program = load(asm -> asm.mov(R0, 5).exit())) {
      ProgramInfo info = program.info();
      assertThat(info.name()).isEqualTo("test");
      assertThat(info.tag()).matches("[0-9a-f]{16}");
      assertThat(BpfInventory.programs()).contains(info);
      try (BpfProgram again = BpfProgram.open(info.id()).orElseThrow()) {
        assertThat(again.name()).isEqualTo("test");
        assertThat(again.testRun(FRAME).verdict()).isEqualTo(5);
      }
    }
    assertThat(BpfProgram.open(Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  void shouldPassAFailpointBeforeLoading() {
    try (Failpoint.Armed armed = Failpoint.arm("1:ENOMEM")) {
      assertRefused(() -> load(asm -> asm.mov(R0, 0).exit()), Errno.ENOMEM, "failpoint 1");
      assertThat(armed.hits()).containsExactly("BPF_PROG_LOAD test");
    }
  }
}
