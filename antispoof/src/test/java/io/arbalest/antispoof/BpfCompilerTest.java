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

import io.arbalest.antispoof.rules.Dsl;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.antispoof.rules.Step;
import io.arbalest.linux.bpf.MapSpec;
import io.arbalest.linux.bpf.asm.Bytecode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The listings are golden files: a change of the rules shows what becomes of the program. To take a
 * new one over, copy the text that the failure prints.
 */
class BpfCompilerTest {
  private static final Bytecode PROGRAM = BpfCompiler.compile(Direction.FROM_ZONE, ProtectionRules.model());

  @Test
  void shouldCompileToTheReviewedProgram() throws IOException {
    assertThat(PROGRAM.listing()).isEqualTo(resource("guard.listing"));
  }

  @Test
  void shouldStaySmall() {
    assertThat(PROGRAM.slots()).isLessThan(1500);
  }

  @Test
  void shouldUseTheGuardMapsOnly() {
    assertThat(PROGRAM.maps())
        .isSubsetOf(GuardMaps.ALL.stream().map(MapSpec::name).toList());
  }

  @Test
  void shouldRefuseModelThatDoesNotFitTheStack() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      steps.add(Dsl.let("v" + i, num(i)));
    }
    steps.add(pass("end"));
    RuleModel model = new RuleModel(steps);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BpfCompiler.compile(Direction.FROM_ZONE, model))
        .withMessageContaining("512 bytes of stack");
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

  private static String resource(String name) throws IOException {
    try (InputStream in = BpfCompilerTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
