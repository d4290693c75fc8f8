package io.arbalest.antispoof.rules;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The meaning of a rule model, as a plain interpreter: the oracle that the compiled program is held
 * against. Slow and obvious on purpose. Thread-safe.
 */
public final class ReferenceEvaluator {
  private final RuleModel model;

  public ReferenceEvaluator(RuleModel model) {
    this.model = model;
  }

  /** The verdict on a frame; without a policy every frame is dropped. */
  public Verdict evaluate(Frame frame, Optional<? extends PolicyView> policy) {
    return observe(frame, policy).verdict();
  }

  /** The verdict on a frame, and to whom it was shown. */
  public Outcome observe(Frame frame, Optional<? extends PolicyView> policy) {
    if (policy.isEmpty()) {
      return new Outcome(new Verdict.Dropped(Verdict.NO_POLICY_RULE, model.noPolicy()), Set.of());
    }
    Run run = new Run(frame, policy.get());
    return new Outcome(verdict(run), run.topics);
  }

  private Verdict verdict(Run run) {
    try {
      return run.run(model.steps())
          .orElseThrow(() -> new IllegalStateException("a checked model ran out of steps"));
    } catch (BeyondEnd _) {
      return new Verdict.Dropped(Verdict.TRUNCATED_RULE, model.truncated());
    }
  }

  /** Thrown by a load beyond the end of the frame; never leaves this class. */
  private static final class BeyondEnd extends RuntimeException {
    BeyondEnd() {
      super(null, null, false, false);
    }
  }

  /** The evaluation of one frame. */
  private static final class Run {
    private final Frame frame;
    private final PolicyView policy;
    private final Map<String, Long> variables = new HashMap<>();
    private final Set<Topic> topics = EnumSet.noneOf(Topic.class);

    Run(Frame frame, PolicyView policy) {
      this.frame = frame;
      this.policy = policy;
    }

    Optional<Verdict> run(List<Step> steps) {
      for (Step step : steps) {
        Optional<Verdict> verdict = run(step);
        if (verdict.isPresent()) {
          return verdict;
        }
      }
      return Optional.empty();
    }

    private Optional<Verdict> run(Step step) {
      return switch (step) {
        case Step.Let let -> {
          variables.put(let.name(), value(let.value()));
          yield Optional.empty();
        }
        case Step.Note note -> {
          topics.add(note.topic());
          yield Optional.empty();
        }
        case Step.Drop drop -> Optional.of(dropped(drop));
        case Step.Pass pass -> Optional.of(new Verdict.Passed(pass.rule()));
        case Step.When when -> run(holds(when.condition()) ? when.then() : when.otherwise());
        case Step.Repeat repeat -> run(repeat);
      };
    }

    private Optional<Verdict> run(Step.Repeat repeat) {
      for (int round = 0; round < repeat.bound(); round++) {
        if (!holds(repeat.condition())) {
          return Optional.empty();
        }
        Optional<Verdict> verdict = run(repeat.body());
        if (verdict.isPresent()) {
          return verdict;
        }
      }
      return holds(repeat.condition())
          ? Optional.of(dropped(repeat.exhausted()))
          : Optional.empty();
    }

    private static Verdict dropped(Step.Drop drop) {
      return new Verdict.Dropped(drop.rule(), drop.reason());
    }

    private boolean holds(Cond condition) {
      return switch (condition) {
        case Cond.Compare c -> c.relation().test(value(c.left()), value(c.right()));
        case Cond.All all -> all.operands().stream().allMatch(this::holds);
        case Cond.Any any -> any.operands().stream().anyMatch(this::holds);
        case Cond.OneOf oneOf -> oneOf.numbers().contains(value(oneOf.value()));
        case Cond.Not not -> !holds(not.operand());
        case Cond.HasFlag has -> policy.has(has.flag());
        case Cond.TagStripped _ -> frame.tagStripped();
        case Cond.Member m ->
            policy.contains(m.set(), m.key().stream().mapToLong(this::value).toArray());
        case Cond.MemberBytes m -> contains(m.set(), value(m.offset()), value(m.length()));
      };
    }

    private long value(Expr expression) {
      return switch (expression) {
        case Expr.Const constant -> constant.value();
        case Expr.FrameLength _ -> frame.bytes().length;
        case Expr.Field field -> policy.field(field.field());
        case Expr.Var variable -> variables.getOrDefault(variable.name(), 0L);
        case Expr.Binary b -> b.operator().apply(value(b.left()), value(b.right()));
        case Expr.Tag tag -> frame.tag().map(it -> value(tag.part(), it)).orElse(0L);
        case Expr.Load load -> load(value(load.offset()), load.width());
      };
    }

    private static long value(Expr.TagPart part, VlanTag tag) {
      return switch (part) {
        case PROTOCOL -> tag.protocol();
        case CONTROL -> tag.control();
      };
    }

    private boolean contains(PolicySet set, long offset, long length) {
      if (length < 1 || length > Cond.MemberBytes.LONGEST) {
        return false;
      }
      requireWithin(offset, (int) length);
      byte[] key = Arrays.copyOfRange(frame.bytes(), (int) offset, (int) offset + (int) length);
      return policy.contains(set, key);
    }

    private void requireWithin(long offset, int width) {
      if (offset < 0 || offset > frame.bytes().length - width) {
        throw new BeyondEnd();
      }
    }

    private long load(long offset, int width) {
      byte[] bytes = frame.bytes();
      requireWithin(offset, width);
      long value = 0;
      for (int i = 0; i < width; i++) {
        value = value << Byte.SIZE | (bytes[(int) offset + i] & 0xff);
      }
      return value;
    }
  }
}
