package io.arbalest.antispoof.rules;

import static io.arbalest.antispoof.rules.Dsl.all;
import static io.arbalest.antispoof.rules.Dsl.any;
import static io.arbalest.antispoof.rules.Dsl.drop;
import static io.arbalest.antispoof.rules.Dsl.eq;
import static io.arbalest.antispoof.rules.Dsl.let;
import static io.arbalest.antispoof.rules.Dsl.lt;
import static io.arbalest.antispoof.rules.Dsl.minus;
import static io.arbalest.antispoof.rules.Dsl.num;
import static io.arbalest.antispoof.rules.Dsl.oneOf;
import static io.arbalest.antispoof.rules.Dsl.pass;
import static io.arbalest.antispoof.rules.Dsl.plus;
import static io.arbalest.antispoof.rules.Dsl.repeat;
import static io.arbalest.antispoof.rules.Dsl.shl;
import static io.arbalest.antispoof.rules.Dsl.u48;
import static io.arbalest.antispoof.rules.Dsl.u8;
import static io.arbalest.antispoof.rules.Dsl.var;
import static io.arbalest.antispoof.rules.Dsl.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.DecisionTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each construct means, one by one. */
class ReferenceEvaluatorTest {
  private static final byte[] FRAME = {1, 2, 3, 4, 5, 6, (byte) 0xff};

  private static Verdict run(Step... steps) {
    return new ReferenceEvaluator(new RuleModel(List.of(steps)))
        .evaluate(Frame.of(FRAME), Optional.of(DecisionTable.STATIC));
  }

  private static boolean holds(Cond condition) {
    return run(when(condition, pass("yes")), pass("no")).rule().equals("yes");
  }

  @Test
  void shouldLoadBigEndianAndUnsigned() {
    assertThat(holds(eq(u48(0), 0x0102_0304_0506L))).isTrue();
    assertThat(holds(eq(u8(6), 255))).isTrue();
    assertThat(holds(eq(Dsl.length(), 7))).isTrue();
  }

  @Test
  void shouldDropWhenLoadReachesBeyondTheEnd() {
    Verdict truncated = new Verdict.Dropped(Verdict.TRUNCATED_RULE, DropReason.TRUNCATED);

    assertThat(run(when(eq(u48(2), 0), pass("a")), pass("b"))).isEqualTo(truncated);
    assertThat(run(when(eq(u8(minus(num(0), 1)), 0), pass("a")), pass("b"))).isEqualTo(truncated);
    assertThat(run(let("unused", u8(7)), pass("b"))).isEqualTo(truncated);
  }

  @Test
  void shouldNotEvaluateOperandsAfterTheDecidingOne() {
    assertThat(holds(any(eq(u8(0), 1), eq(u8(100), 1)))).isTrue();
    assertThat(holds(all(eq(u8(0), 2), eq(u8(100), 1)))).isFalse();
  }

  @Test
  void shouldCompareUnsigned() {
    assertThat(holds(lt(minus(num(0), 1), 1))).isFalse();
    assertThat(holds(lt(num(1), minus(num(0), 1)))).isTrue();
  }

  @Test
  void shouldShiftModulo64() {
    assertThat(holds(eq(shl(num(1), num(64)), 1))).isTrue();
    assertThat(holds(eq(shl(num(1), num(63)), Long.MIN_VALUE))).isTrue();
  }

  @Test
  void shouldFindNumberAmongOthers() {
    assertThat(holds(oneOf(u8(2), 1, 3, 200))).isTrue();
    assertThat(holds(oneOf(u8(3), 1, 3, 200))).isFalse();
  }

  @Test
  void shouldRepeatUpToTheBoundAndNoFurther() {
    assertThat(count(4, 4)).isEqualTo(new Verdict.Passed("end"));
    assertThat(count(4, 5)).isEqualTo(new Verdict.Dropped("limit", DropReason.ND_OPTION_LIMIT));
  }

  private static Verdict count(int bound, int target) {
    return run(
        let("n", num(0)),
        repeat(
            bound,
            lt(var("n"), target),
            drop("limit", DropReason.ND_OPTION_LIMIT),
            List.of(let("n", plus(var("n"), 1)))),
        pass("end"));
  }

  @Test
  void shouldEndInsideLoop() {
    assertThat(
            run(
                repeat(
                    9,
                    eq(num(0), 0),
                    drop("limit", DropReason.ND_OPTION_LIMIT),
                    List.of(pass("inside"))),
                pass("end")))
        .isEqualTo(new Verdict.Passed("inside"));
  }

  @Test
  void shouldReadTheTagThatWasStripped() {
    RuleModel model =
        new RuleModel(
            List.of(
                when(
                    all(
                        Dsl.tagStripped(),
                        eq(Dsl.tagProtocol(), 0x88a8),
                        eq(Dsl.tagControl(), 0xf007)),
                    pass("tagged")),
                when(
                    any(
                        Dsl.tagStripped(),
                        Dsl.ne(Dsl.tagProtocol(), 0),
                        Dsl.ne(Dsl.tagControl(), 0)),
                    pass("otherwise")),
                pass("plain")));
    ReferenceEvaluator evaluator = new ReferenceEvaluator(model);
    Frame tagged = new Frame(FRAME, Optional.of(new VlanTag(0x88a8, 0xf007)));
    Frame other = new Frame(FRAME, Optional.of(new VlanTag(0x8100, 0xf007)));

    assertThat(evaluator.evaluate(tagged, Optional.of(DecisionTable.STATIC)).rule())
        .isEqualTo("tagged");
    assertThat(evaluator.evaluate(other, Optional.of(DecisionTable.STATIC)).rule())
        .isEqualTo("otherwise");
    assertThat(evaluator.evaluate(Frame.of(FRAME), Optional.of(DecisionTable.STATIC)).rule())
        .isEqualTo("plain");
  }

  @Test
  void shouldDropUnderTheReasonsOfTheModel() {
    RuleModel model =
        new RuleModel(
            List.of(let("far", u8(100)), pass("end")),
            DropReason.RX_NO_POLICY,
            DropReason.RX_TRUNCATED);
    ReferenceEvaluator evaluator = new ReferenceEvaluator(model);

    assertThat(evaluator.evaluate(Frame.of(FRAME), Optional.of(DecisionTable.STATIC)))
        .isEqualTo(new Verdict.Dropped(Verdict.TRUNCATED_RULE, DropReason.RX_TRUNCATED));
    assertThat(evaluator.evaluate(Frame.of(FRAME), Optional.empty()))
        .isEqualTo(new Verdict.Dropped(Verdict.NO_POLICY_RULE, DropReason.RX_NO_POLICY));
  }

  @Test
  void shouldKnowNoElementOfNoBytesOrOfTooMany() {
    assertThat(holds(Dsl.memberBytes(PolicySet.CLIENT_ID, num(0), num(0)))).isFalse();
    assertThat(holds(Dsl.memberBytes(PolicySet.CLIENT_ID, num(0), num(257)))).isFalse();
    assertThat(
            run(when(Dsl.memberBytes(PolicySet.CLIENT_ID, num(6), num(2)), pass("a")), pass("b")))
        .isEqualTo(new Verdict.Dropped(Verdict.TRUNCATED_RULE, DropReason.TRUNCATED));
  }
}
