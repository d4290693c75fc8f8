package io.arbalest.antispoof;

import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.num;
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.plus;
import static io.arbalest.antispoof.rules.Dsl.u64;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Dsl;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.antispoof.rules.Step;
import io.arbalest.linux.bpf.MapSpec;
import io.arbalest.linux.bpf.asm.Bytecode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The listings are golden files: a change of the rules shows what becomes of the programs. To take
 * new ones over, run this test with {@code -Dgolden.write=true}.
 */
class BpfCompilerTest {
  /** Tests run in the module's directory. */
  private static final Path GOLDEN = Path.of("src/test/resources/io/arbalest/antispoof");

  private static Bytecode program(Direction direction) {
    return BpfCompiler.compile(direction, Guard.model(direction));
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void shouldCompileToTheReviewedProgram(Direction direction) throws IOException {
    assertGolden(BpfCompiler.name(direction) + ".listing", program(direction).listing());
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void shouldStaySmall(Direction direction) {
    assertThat(program(direction).slots()).isLessThan(4000);
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void shouldUseTheGuardMapsOnly(Direction direction) {
    assertThat(program(direction).maps())
        .isSubsetOf(GuardMaps.ALL.stream().map(MapSpec::name).toList());
  }

  /** A bound is a number in one instruction, whatever the loop does. */
  @Test
  void shouldNotGrowWithABound() {
    assertThat(looping(2000).slots()).isEqualTo(looping(1).slots());
  }

  private static Bytecode looping(int bound) {
    Step.Drop exhausted = Dsl.drop("bound", DropReason.IPV6_EXTENSION_LIMIT);
    List<Step> body = List.of(Dsl.let("at", plus(Dsl.var("at"), 1)));
    return BpfCompiler.compile(
        Direction.FROM_ZONE,
        new RuleModel(
            List.of(
                Dsl.let("at", num(0)),
                Dsl.repeat(bound, eq(u8(Dsl.var("at")), 0), exhausted, body),
                pass("end"))));
  }

  @Test
  void shouldRefuseModelThatDoesNotFitTheScratch() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      steps.add(Dsl.let("v" + i, num(i)));
    }
    steps.add(pass("end"));
    RuleModel model = new RuleModel(steps);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BpfCompiler.compile(Direction.FROM_ZONE, model))
        .withMessageContaining("1024 bytes of scratch");
  }

  @Test
  void shouldRefuseExpressionThatNeedsTooManyRegisters() {
    Expr deep = u8(0);
    for (int i = 0; i < 6; i++) {
      deep = plus(u64(8), deep);
    }
    RuleModel model = new RuleModel(List.of(when(eq(deep, 1), pass("one")), pass("end")));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BpfCompiler.compile(Direction.FROM_ZONE, model))
        .withMessageContaining("five registers");
  }

  private static void assertGolden(String name, String text) throws IOException {
    Path file = GOLDEN.resolve(name);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }
}
