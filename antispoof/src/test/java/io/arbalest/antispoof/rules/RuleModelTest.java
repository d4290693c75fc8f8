package io.arbalest.antispoof.rules;

import static io.arbalest.antispoof.rules.Dsl.drop;
import static io.arbalest.antispoof.rules.Dsl.either;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.lt;
import static io.arbalest.antispoof.rules.Dsl.num;
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.plus;
import static io.arbalest.antispoof.rules.Dsl.repeat;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleModelTest {
  private static final Cond CONDITION = eq(u8(0), 1);

  private static void assertRefused(String words, Step... steps) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RuleModel(List.of(steps)))
        .withMessageContaining(words);
  }

  @Test
  void shouldRefuseStepsThatRunOut() {
    assertRefused("run out", when(CONDITION, pass("a")));
    assertRefused("run out", let("x", num(1)));
    assertRefused("run out");
  }

  @Test
  void shouldRefuseVariableThatSomeWayLeavesWithoutValue() {
    assertRefused("variable x", when(eq(var("x"), 1), pass("a")), pass("b"));
    assertRefused(
        "variable x",
        when(CONDITION, let("x", num(1))),
        when(eq(var("x"), 1), pass("a")),
        pass("b"));
    assertRefused(
        "variable x",
        repeat(2, CONDITION, drop("c", DropReason.TRUNCATED), List.of(let("x", num(1)))),
        when(eq(plus(var("x"), 1), 1), pass("a")),
        pass("b"));
  }

  @Test
  void shouldTakeVariableThatEveryWayOnGivesValue() {
    RuleModel model =
        new RuleModel(
            List.of(
                either(CONDITION, List.of(let("x", num(1))), List.of(pass("a"))),
                when(eq(var("x"), 1), pass("b")),
                drop("c", DropReason.TRUNCATED)));

    assertThat(model.rules()).containsExactly("a", "b", "c");
  }

  @Test
  void shouldRefuseStepThatIsNeverReached() {
    assertRefused("never reached: pass    # b", pass("a"), pass("b"));
    assertRefused(
        "never reached", either(CONDITION, List.of(pass("a")), List.of(pass("b"))), pass("c"));
  }

  @Test
  void shouldRefuseTwoRulesOfOneName() {
    assertRefused("two rules are named a", when(CONDITION, pass("a")), pass("a"));
  }

  @Test
  void shouldNameTheBoundOfLoopAsRule() {
    RuleModel model =
        new RuleModel(
            List.of(
                let("x", num(0)),
                repeat(
                    3,
                    lt(var("x"), 5),
                    drop("too many", DropReason.TRUNCATED),
                    List.of(let("x", plus(var("x"), 1)))),
                pass("end")));

    assertThat(model.rules()).containsExactly("too many", "end");
  }

  @Test
  void shouldRefuseWidthsBoundsAndListsWithoutMeaning() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Expr.Load(num(0), 3));
    assertThatIllegalArgumentException().isThrownBy(() -> Dsl.all());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> repeat(0, CONDITION, drop("a", DropReason.TRUNCATED), List.of()));
  }
}
