package io.arbalest.antispoof.rules;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a rule model as indented text, one step per line, for review and for explanations. */
public final class RulePrinter {
  private RulePrinter() {}

  /** The whole model. */
  public static String print(RuleModel model) {
    StringBuilder out = new StringBuilder();
    print(model.steps(), 0, out);
    return out.toString();
  }

  private static void print(List<Step> steps, int depth, StringBuilder out) {
    for (Step step : steps) {
      line(depth, text(step), out);
      switch (step) {
        case Step.When when -> {
          print(when.then(), depth + 1, out);
          if (!when.otherwise().isEmpty()) {
            line(depth, "else", out);
            print(when.otherwise(), depth + 1, out);
          }
        }
        case Step.Repeat repeat -> {
          print(repeat.body(), depth + 1, out);
          line(depth, "still true: " + text(repeat.exhausted()), out);
        }
        case Step.Let _, Step.Drop _, Step.Pass _, Step.Note _ -> {}
      }
    }
  }

  private static void line(int depth, String text, StringBuilder out) {
    out.repeat("  ", depth).append(text).append('\n');
  }

  /** One step in one line, without what it contains. */
  public static String text(Step step) {
    return switch (step) {
      case Step.Let let -> let.name() + " = " + text(let.value());
      case Step.Drop drop -> "drop " + drop.reason().label() + "    # " + drop.rule();
      case Step.Pass pass -> "pass    # " + pass.rule();
      case Step.Note note -> "note " + lower(note.topic());
      case Step.When when -> "if " + text(when.condition());
      case Step.Repeat repeat ->
          "at most %d times while %s".formatted(repeat.bound(), text(repeat.condition()));
    };
  }

  /** A condition as text. */
  public static String text(Cond condition) {
    return switch (condition) {
      case Cond.Compare c -> text(c.left()) + " " + c.relation().symbol() + " " + text(c.right());
      case Cond.All all -> join(all.operands(), " and ");
      case Cond.Any any -> join(any.operands(), " or ");
      case Cond.OneOf oneOf -> text(oneOf.value()) + " in " + numbers(oneOf.numbers());
      case Cond.Not not -> "not " + text(not.operand());
      case Cond.HasFlag has -> "policy." + lower(has.flag());
      case Cond.TagStripped _ -> "tag stripped";
      case Cond.Aggregate _ -> "aggregate";
      case Cond.Member m ->
          m.key().stream()
              .map(RulePrinter::text)
              .collect(Collectors.joining(":", "", " in " + lower(m.set())));
      case Cond.MemberBytes m ->
          "bytes[%s, %s long] in %s".formatted(text(m.offset()), text(m.length()), lower(m.set()));
    };
  }

  private static String numbers(Collection<Long> numbers) {
    return numbers.stream().map(RulePrinter::number).collect(Collectors.joining(", ", "{", "}"));
  }

  private static String join(List<Cond> operands, String word) {
    return operands.stream().map(RulePrinter::text).collect(Collectors.joining(word, "(", ")"));
  }

  /** An expression as text. */
  public static String text(Expr expression) {
    return switch (expression) {
      case Expr.Const c -> number(c.value());
      case Expr.Load load -> "u" + load.width() * Byte.SIZE + "[" + text(load.offset()) + "]";
      case Expr.FrameLength _ -> "length";
      case Expr.Var variable -> variable.name();
      case Expr.Field field -> "policy." + lower(field.field());
      case Expr.Tag tag -> "tag." + lower(tag.part());
      case Expr.Binary b ->
          "(" + text(b.left()) + " " + b.operator().symbol() + " " + text(b.right()) + ")";
    };
  }

  private static String number(long value) {
    return value >= 0 && value < 256 ? Long.toString(value) : "0x" + Long.toHexString(value);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
