package io.arbalest.antispoof.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A complete, checked list of steps.
 *
 * <p>The constructor refuses a model in which the steps could run out without a verdict, a variable
 * could be read before it has a value, a step could never be reached, or two rules share a name.
 *
 * @param steps run in order
 * @param noPolicy why a frame is dropped at a port without a policy
 * @param truncated why a frame is dropped that ends before what a step reads
 */
public record RuleModel(List<Step> steps, DropReason noPolicy, DropReason truncated) {
  /** A model of what a zone sends. */
  public RuleModel(List<Step> steps) {
    this(steps, DropReason.NO_POLICY, DropReason.TRUNCATED);
  }

  public RuleModel {
    steps = List.copyOf(steps);
    new Checker().check(steps);
  }

  /** The names of all {@code Drop} and {@code Pass} steps, loop bounds included, in order. */
  public List<String> rules() {
    List<String> names = new ArrayList<>();
    collect(steps, names);
    return List.copyOf(names);
  }

  private static void collect(List<Step> steps, List<String> names) {
    for (Step step : steps) {
      switch (step) {
        case Step.Let _, Step.Note _ -> {}
        case Step.Drop drop -> names.add(drop.rule());
        case Step.Pass pass -> names.add(pass.rule());
        case Step.When when -> {
          collect(when.then(), names);
          collect(when.otherwise(), names);
        }
        case Step.Repeat repeat -> {
          collect(repeat.body(), names);
          names.add(repeat.exhausted().rule());
        }
      }
    }
  }

  /**
   * Walks the steps once; {@code known} holds the variables that have a value on every way here.
   */
  private static final class Checker {
    private final Set<String> rules = new HashSet<>();

    void check(List<Step> steps) {
      if (!ends(steps, new HashSet<>())) {
        throw new IllegalArgumentException("the steps can run out without a verdict");
      }
    }

    /** Checks a list of steps; answers whether none of its ways runs on past its last step. */
    private boolean ends(List<Step> steps, Set<String> known) {
      boolean ended = false;
      for (Step step : steps) {
        if (ended) {
          throw new IllegalArgumentException("never reached: " + RulePrinter.text(step));
        }
        ended = endsAt(step, known);
      }
      return ended;
    }

    private boolean endsAt(Step step, Set<String> known) {
      return switch (step) {
        case Step.Let let -> {
          require(known, let.value());
          known.add(let.name());
          yield false;
        }
        case Step.Note _ -> false;
        case Step.Drop drop -> named(drop.rule());
        case Step.Pass pass -> named(pass.rule());
        case Step.When when -> endsWhen(when, known);
        case Step.Repeat repeat -> {
          require(known, repeat.condition());
          ends(repeat.body(), new HashSet<>(known));
          named(repeat.exhausted().rule());
          yield false;
        }
      };
    }

    private boolean endsWhen(Step.When when, Set<String> known) {
      require(known, when.condition());
      Set<String> then = new HashSet<>(known);
      Set<String> otherwise = new HashSet<>(known);
      boolean thenEnds = ends(when.then(), then);
      boolean otherwiseEnds = ends(when.otherwise(), otherwise);
      if (thenEnds) {
        then = otherwise;
      } else if (!otherwiseEnds) {
        then.retainAll(otherwise);
      }
      known.addAll(then);
      return thenEnds && otherwiseEnds;
    }

    private boolean named(String rule) {
      if (!rules.add(rule)) {
        throw new IllegalArgumentException("two rules are named " + rule);
      }
      return true;
    }

    private static void require(Set<String> known, Cond condition) {
      switch (condition) {
        case Cond.Compare compare -> {
          require(known, compare.left());
          require(known, compare.right());
        }
        case Cond.All all -> all.operands().forEach(operand -> require(known, operand));
        case Cond.Any any -> any.operands().forEach(operand -> require(known, operand));
        case Cond.OneOf oneOf -> require(known, oneOf.value());
        case Cond.Not not -> require(known, not.operand());
        case Cond.Member member -> member.key().forEach(word -> require(known, word));
        case Cond.MemberBytes bytes -> {
          require(known, bytes.offset());
          require(known, bytes.length());
        }
        case Cond.HasFlag _, Cond.TagStripped _, Cond.Aggregate _ -> {}
      }
    }

    private static void require(Set<String> known, Expr expression) {
      switch (expression) {
        case Expr.Var variable -> {
          if (!known.contains(variable.name())) {
            throw new IllegalArgumentException(
                "variable " + variable.name() + " is read before it has a value");
          }
        }
        case Expr.Load load -> require(known, load.offset());
        case Expr.Binary binary -> {
          require(known, binary.left());
          require(known, binary.right());
        }
        case Expr.Const _, Expr.FrameLength _, Expr.Field _, Expr.Tag _ -> {}
      }
    }
  }
}
