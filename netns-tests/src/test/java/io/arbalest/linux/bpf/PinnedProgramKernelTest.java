package io.arbalest.linux.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.bpf.asm.Assembler;
import io.arbalest.linux.bpf.asm.Bytecode;
import io.arbalest.linux.bpf.asm.Helper;
import io.arbalest.linux.bpf.asm.Label;
import io.arbalest.linux.bpf.asm.Register;
import io.arbalest.linux.bpf.asm.Size;
import io.arbalest.linux.sys.Failpoint;
import io.arbalest.testing.Privileged;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is pinned already is found, not loaded. */
@Privileged
class PinnedProgramKernelTest {
  private static final MapSpec COUNTS = new MapSpec("counts", MapKind.ARRAY, 4, 8, 1);

  @TempDir private Path directory;
  private Bpffs pins;
  private BpfObjects maps;

  @BeforeEach
  void open() {
    pins = Bpffs.mount(directory.resolve("bpf"));
    maps = BpfObjects.open(pins, List.of(COUNTS));
  }

  @AfterEach
  void close() {
    maps.close();
    pins.unmount();
  }

  /** With a map and a function that is called back, whose addresses are no part of the tag. */
  private static Bytecode code(int verdict) {
    Assembler asm = new Assembler("pinned");
    Label again = asm.label("again");
    asm.store(Size.WORD, Register.R10, -4, 0).loadMap(Register.R1, COUNTS.name());
    asm.mov(Register.R2, Register.R10).add(Register.R2, -4).call(Helper.MAP_LOOKUP_ELEM);
    asm.mov(Register.R1, 3).loadFunction(Register.R2, again).mov(Register.R3, 0);
    asm.mov(Register.R4, 0).call(Helper.LOOP).mov(Register.R0, verdict).exit();
    asm.bind(again).mov(Register.R0, 0).exit();
    return asm.assemble();
  }

  private int id(Bytecode code, boolean replaced) {
    PinnedProgram pinned = PinnedProgram.of(pins, maps, code);
    try (BpfProgram program = pinned.program()) {
      assertThat(pinned.replaced()).isEqualTo(replaced);
      return program.info().id();
    }
  }

  @Test
  void shouldKnowTheTagThatTheKernelGives() {
    try (BpfProgram program = maps.load(code(1))) {
      assertThat(ProgramTag.of(code(1))).contains(program.info().tag());
      assertThat(ProgramTag.of(code(2))).doesNotContain(program.info().tag());
    }
  }

  @Test
  void shouldFindThePinnedOneWithoutLoadingIt() {
    int first = id(code(1), false);
    try (Failpoint.Armed counting = Failpoint.arm("0:kill")) {
      assertThat(id(code(1), false)).isEqualTo(first);
      assertThat(counting.hits()).isEmpty();
    }
  }

  @Test
  void shouldReplaceOneOfOtherCode() {
    int first = id(code(1), false);
    int second = id(code(2), true);

    assertThat(second).isNotEqualTo(first);
    assertThat(id(code(2), false)).isEqualTo(second);
  }

  @Test
  void shouldReplaceOneOverOtherMaps() {
    int first = id(code(1), false);
    maps.close();
    pins.remove(COUNTS.name());
    maps = BpfObjects.open(pins, List.of(COUNTS));

    assertThat(id(code(1), true)).isNotEqualTo(first);
  }
}
