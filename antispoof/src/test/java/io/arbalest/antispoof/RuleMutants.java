package io.arbalest.antispoof;

import io.arbalest.antispoof.rules.Cond;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Dsl;
import io.arbalest.antispoof.rules.Expr;
import io.arbalest.antispoof.rules.PolicyField;
import io.arbalest.antispoof.rules.PolicySet;
import io.arbalest.antispoof.rules.RuleModel;
import io.arbalest.antispoof.rules.RulePrinter;
import io.arbalest.antispoof.rules.Step;
import io.arbalest.antispoof.rules.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Every model that differs from a given one in a single small mistake. */
final class RuleMutants {
  private static final Cond ALWAYS = Dsl.eq(Dsl.num(0), 0);
  private static final Cond NEVER = Dsl.ne(Dsl.num(0), 0);

  /**
   * A model with a mistake.
   *
   * @param change what was written instead of what, with the rule it belongs to
   */
  record Mutant(String change, RuleModel model) {}

  /** Something with one mistake in it, and the mistake in words. */
  private record Changed<T>(String change, T value) {
    <R> Changed<R> map(Function<T, R> function) {
      return new Changed<>(change, function.apply(value));
    }

    Changed<T> in(String place) {
      return new Changed<>(change + "   @ " + place, value);
    }
  }

  private RuleMutants() {}

  /** All mutants that still are models: the checks of a model kill the others. */
  static List<Mutant> of(RuleModel model) {
    List<Mutant> mutants = new ArrayList<>();
    for (Changed<List<Step>> changed : steps(model.steps())) {
      if (isModel(changed.value)) {
        mutants.add(new Mutant(changed.change, new RuleModel(changed.value)));
      }
    }
    return mutants;
  }

  private static boolean isModel(List<Step> steps) {
    try {
      return !new RuleModel(steps).steps().isEmpty();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static List<Changed<List<Step>>> steps(List<Step> steps) {
    List<Changed<List<Step>>> all = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      int at = i;
      step(steps.get(i)).forEach(changed -> all.add(changed.map(step -> with(steps, at, step))));
      all.add(new Changed<>("left out: " + line(steps.get(i)), without(steps, i)));
    }
    return all;
  }

  private static String line(Step step) {
    String text = RulePrinter.text(step);
    return text.length() > 160 ? text.substring(0, 160) : text;
  }

  private static List<Changed<Step>> step(Step step) {
    List<Changed<Step>> all = new ArrayList<>();
    switch (step) {
      case Step.Let let ->
          expression(let.value())
              .forEach(
                  changed ->
                      all.add(
                          changed.in(RulePrinter.text(let)).map(v -> new Step.Let(let.name(), v))));
      case Step.Drop drop -> {
        all.add(new Changed<>("passes: " + drop.rule(), new Step.Pass(drop.rule())));
        DropReason other =
            drop.reason() == DropReason.NO_POLICY ? DropReason.TRUNCATED : DropReason.NO_POLICY;
        all.add(new Changed<>("miscounts: " + drop.rule(), new Step.Drop(drop.rule(), other)));
      }
      case Step.Pass pass ->
          all.add(
              new Changed<>(
                  "drops: " + pass.rule(), new Step.Drop(pass.rule(), DropReason.NO_POLICY)));
      case Step.Note note -> {
        Topic other = note.topic() == Topic.ND ? Topic.DHCPV6 : Topic.ND;
        all.add(new Changed<>("notes under " + other + ": " + note.topic(), new Step.Note(other)));
      }
      case Step.When when -> all.addAll(when(when));
      case Step.Repeat repeat -> all.addAll(repeat(repeat));
    }
    return all;
  }

  private static List<Changed<Step>> when(Step.When when) {
    List<Changed<Step>> all = new ArrayList<>();
    condition(when.condition())
        .forEach(
            changed ->
                all.add(
                    changed
                        .in(RulePrinter.text(when))
                        .map(c -> new Step.When(c, when.then(), when.otherwise()))));
    steps(when.then())
        .forEach(
            changed ->
                all.add(changed.map(s -> new Step.When(when.condition(), s, when.otherwise()))));
    steps(when.otherwise())
        .forEach(
            changed -> all.add(changed.map(s -> new Step.When(when.condition(), when.then(), s))));
    return all;
  }

  private static List<Changed<Step>> repeat(Step.Repeat repeat) {
    List<Changed<Step>> all = new ArrayList<>();
    for (int bound : List.of(repeat.bound() - 1, repeat.bound() + 1)) {
      Step changed = new Step.Repeat(bound, repeat.condition(), repeat.body(), repeat.exhausted());
      all.add(new Changed<>("bound " + bound + ": " + repeat.exhausted().rule(), changed));
    }
    condition(repeat.condition())
        .forEach(
            changed ->
                all.add(
                    changed
                        .in(RulePrinter.text(repeat))
                        .map(
                            c ->
                                new Step.Repeat(
                                    repeat.bound(), c, repeat.body(), repeat.exhausted()))));
    steps(repeat.body())
        .forEach(
            changed ->
                all.add(
                    changed.map(
                        s ->
                            new Step.Repeat(
                                repeat.bound(), repeat.condition(), s, repeat.exhausted()))));
    return all;
  }

  private static List<Changed<Cond>> condition(Cond condition) {
    List<Changed<Cond>> all = new ArrayList<>();
    all.add(new Changed<>("always " + RulePrinter.text(condition), ALWAYS));
    all.add(new Changed<>("never " + RulePrinter.text(condition), NEVER));
    switch (condition) {
      case Cond.Compare compare -> all.addAll(compare(compare));
      case Cond.OneOf oneOf -> {
        for (long number : oneOf.numbers()) {
          TreeSet<Long> rest = new TreeSet<>(oneOf.numbers());
          rest.remove(number);
          all.add(
              new Changed<>(
                  "without " + number + " in " + RulePrinter.text(condition),
                  new Cond.OneOf(oneOf.value(), rest)));
        }
        expression(oneOf.value())
            .forEach(c -> all.add(c.map(v -> new Cond.OneOf(v, oneOf.numbers()))));
      }
      case Cond.All list ->
          operands(list.operands()).forEach(changed -> all.add(changed.map(Cond.All::new)));
      case Cond.Any list ->
          operands(list.operands()).forEach(changed -> all.add(changed.map(Cond.Any::new)));
      case Cond.Not not -> condition(not.operand()).forEach(c -> all.add(c.map(Cond.Not::new)));
      case Cond.Member m -> {
        sister(m.set())
            .ifPresent(
                other ->
                    all.add(
                        new Changed<>(
                            other + " for " + RulePrinter.text(condition),
                            new Cond.Member(other, m.key()))));
        for (int i = 0; i < m.key().size(); i++) {
          int at = i;
          expression(m.key().get(i))
              .forEach(c -> all.add(c.map(e -> new Cond.Member(m.set(), with(m.key(), at, e)))));
        }
      }
      case Cond.MemberBytes m -> {
        expression(m.offset())
            .forEach(c -> all.add(c.map(e -> new Cond.MemberBytes(m.set(), e, m.length()))));
        expression(m.length())
            .forEach(c -> all.add(c.map(e -> new Cond.MemberBytes(m.set(), m.offset(), e))));
      }
      case Cond.HasFlag _, Cond.TagStripped _, Cond.Aggregate _ -> {}
    }
    return all;
  }

  /** The set of the same kind of key that is easily taken for another. */
  private static Optional<PolicySet> sister(PolicySet set) {
    return switch (set) {
      case SOURCE_IPV4 -> Optional.of(PolicySet.OWN_IPV4);
      case OWN_IPV4, TRUSTED_IPV4 -> Optional.of(PolicySet.SOURCE_IPV4);
      case SOURCE_IPV6 -> Optional.of(PolicySet.OWN_IPV6);
      case OWN_IPV6, TRUSTED_IPV6 -> Optional.of(PolicySet.SOURCE_IPV6);
      case MAC, VTEP_IPV4, VTEP_IPV6, CLIENT_ID -> Optional.empty();
    };
  }

  private static List<Changed<List<Cond>>> operands(List<Cond> operands) {
    List<Changed<List<Cond>>> all = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      int at = i;
      condition(operands.get(i))
          .forEach(changed -> all.add(changed.map(operand -> with(operands, at, operand))));
    }
    return all;
  }

  private static List<Changed<Cond>> compare(Cond.Compare compare) {
    List<Changed<Cond>> all = new ArrayList<>();
    Cond.Relation other =
        switch (compare.relation()) {
          case EQ -> Cond.Relation.GE;
          case NE -> Cond.Relation.LT;
          case LT -> Cond.Relation.LE;
          case LE -> Cond.Relation.LT;
          case GT -> Cond.Relation.GE;
          case GE -> Cond.Relation.GT;
        };
    all.add(
        new Changed<>(
            other + " for " + RulePrinter.text(compare),
            new Cond.Compare(other, compare.left(), compare.right())));
    expression(compare.left())
        .forEach(
            c -> all.add(c.map(e -> new Cond.Compare(compare.relation(), e, compare.right()))));
    expression(compare.right())
        .forEach(c -> all.add(c.map(e -> new Cond.Compare(compare.relation(), compare.left(), e))));
    return all;
  }

  private static List<Changed<Expr>> expression(Expr expression) {
    List<Changed<Expr>> all = new ArrayList<>();
    switch (expression) {
      case Expr.Const(long value) -> {
        for (long wrong : List.of(value + 1, value - 1)) {
          all.add(new Changed<>(wrong + " for " + value, new Expr.Const(wrong)));
        }
      }
      case Expr.Load load -> {
        String text = RulePrinter.text(load);
        expression(load.offset())
            .forEach(c -> all.add(c.in(text).map(offset -> new Expr.Load(offset, load.width()))));
      }
      case Expr.Binary b -> {
        String text = RulePrinter.text(b);
        expression(b.left())
            .forEach(
                c -> all.add(c.in(text).map(e -> new Expr.Binary(b.operator(), e, b.right()))));
        expression(b.right())
            .forEach(c -> all.add(c.in(text).map(e -> new Expr.Binary(b.operator(), b.left(), e))));
      }
      case Expr.Var variable -> {
        if (variable.name().equals(LinkRules.MAC)) {
          all.add(new Changed<>("the first MAC for the frame's", Dsl.field(PolicyField.MAC)));
        }
      }
      case Expr.Field field -> {
        if (field.field() == PolicyField.MAC) {
          all.add(new Changed<>("the frame's source for the first MAC", Dsl.u48(6)));
        }
      }
      case Expr.FrameLength _, Expr.Tag _ -> {}
    }
    return all;
  }

  private static <T> List<T> with(List<T> list, int at, T element) {
    List<T> copy = new ArrayList<>(list);
    copy.set(at, element);
    return copy;
  }

  private static <T> List<T> without(List<T> list, int at) {
    List<T> copy = new ArrayList<>(list);
    copy.remove(at);
    return copy;
  }
}
