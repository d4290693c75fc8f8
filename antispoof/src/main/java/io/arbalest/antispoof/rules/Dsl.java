package io.arbalest.antispoof.rules;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Short names for writing rule models; meant for static import. */
public final class Dsl {
  private Dsl() {}

  public static Expr num(long value) {
    return new Expr.Const(value);
  }

  public static Expr var(String name) {
    return new Expr.Var(requireNonNull(name));
  }

  public static Expr field(PolicyField field) {
    return new Expr.Field(field);
  }

  public static Expr length() {
    return new Expr.FrameLength();
  }

  /** The EtherType of the tag that was stripped. */
  public static Expr tagProtocol() {
    return new Expr.Tag(Expr.TagPart.PROTOCOL);
  }

  /** The control information of the tag that was stripped. */
  public static Expr tagControl() {
    return new Expr.Tag(Expr.TagPart.CONTROL);
  }

  public static Expr u8(Expr offset) {
    return new Expr.Load(offset, 1);
  }

  public static Expr u8(long offset) {
    return u8(num(offset));
  }

  public static Expr u16(Expr offset) {
    return new Expr.Load(offset, 2);
  }

  public static Expr u16(long offset) {
    return u16(num(offset));
  }

  public static Expr u32(Expr offset) {
    return new Expr.Load(offset, 4);
  }

  public static Expr u32(long offset) {
    return u32(num(offset));
  }

  public static Expr u48(Expr offset) {
    return new Expr.Load(offset, 6);
  }

  public static Expr u48(long offset) {
    return u48(num(offset));
  }

  public static Expr u64(Expr offset) {
    return new Expr.Load(offset, 8);
  }

  public static Expr u64(long offset) {
    return u64(num(offset));
  }

  public static Expr plus(Expr left, Expr right) {
    return new Expr.Binary(Expr.Operator.ADD, left, right);
  }

  public static Expr plus(Expr left, long right) {
    return plus(left, num(right));
  }

  public static Expr minus(Expr left, long right) {
    return new Expr.Binary(Expr.Operator.SUB, left, num(right));
  }

  public static Expr and(Expr left, long mask) {
    return new Expr.Binary(Expr.Operator.AND, left, num(mask));
  }

  public static Expr and(Expr left, Expr right) {
    return new Expr.Binary(Expr.Operator.AND, left, right);
  }

  public static Expr or(Expr left, Expr right) {
    return new Expr.Binary(Expr.Operator.OR, left, right);
  }

  public static Expr xor(Expr left, long right) {
    return new Expr.Binary(Expr.Operator.XOR, left, num(right));
  }

  public static Expr shl(Expr left, Expr bits) {
    return new Expr.Binary(Expr.Operator.SHL, left, bits);
  }

  public static Expr shl(Expr left, int bits) {
    return shl(left, num(bits));
  }

  public static Expr shr(Expr left, int bits) {
    return new Expr.Binary(Expr.Operator.SHR, left, num(bits));
  }

  public static Cond eq(Expr left, Expr right) {
    return new Cond.Compare(Cond.Relation.EQ, left, right);
  }

  public static Cond eq(Expr left, long right) {
    return eq(left, num(right));
  }

  public static Cond ne(Expr left, Expr right) {
    return new Cond.Compare(Cond.Relation.NE, left, right);
  }

  public static Cond ne(Expr left, long right) {
    return ne(left, num(right));
  }

  public static Cond lt(Expr left, Expr right) {
    return new Cond.Compare(Cond.Relation.LT, left, right);
  }

  public static Cond lt(Expr left, long right) {
    return lt(left, num(right));
  }

  public static Cond gt(Expr left, Expr right) {
    return new Cond.Compare(Cond.Relation.GT, left, right);
  }

  public static Cond ge(Expr left, Expr right) {
    return new Cond.Compare(Cond.Relation.GE, left, right);
  }

  public static Cond ge(Expr left, long right) {
    return ge(left, num(right));
  }

  public static Cond le(Expr left, Expr right) {
    return new Cond.Compare(Cond.Relation.LE, left, right);
  }

  public static Cond le(Expr left, long right) {
    return le(left, num(right));
  }

  public static Cond all(Cond... operands) {
    return new Cond.All(List.of(operands));
  }

  public static Cond any(Cond... operands) {
    return new Cond.Any(List.of(operands));
  }

  public static Cond not(Cond operand) {
    return new Cond.Not(operand);
  }

  public static Cond has(PolicyFlag flag) {
    return new Cond.HasFlag(flag);
  }

  public static Cond tagStripped() {
    return new Cond.TagStripped();
  }

  public static Cond aggregate() {
    return new Cond.Aggregate();
  }

  /** Whether the value is one of the numbers. */
  public static Cond oneOf(Expr value, long... numbers) {
    return new Cond.OneOf(
        value, LongStream.of(numbers).boxed().collect(Collectors.toCollection(TreeSet::new)));
  }

  public static Cond member(PolicySet set, Expr... key) {
    return new Cond.Member(set, List.of(key));
  }

  public static Cond memberBytes(PolicySet set, Expr offset, Expr length) {
    return new Cond.MemberBytes(set, offset, length);
  }

  public static Step note(Topic topic) {
    return new Step.Note(topic);
  }

  public static Step let(String name, Expr value) {
    return new Step.Let(name, value);
  }

  public static Step pass(String rule) {
    return new Step.Pass(rule);
  }

  public static Step.Drop drop(String rule, DropReason reason) {
    return new Step.Drop(rule, reason);
  }

  public static Step dropIf(String rule, DropReason reason, Cond condition) {
    return when(condition, drop(rule, reason));
  }

  public static Step when(Cond condition, Step... then) {
    return new Step.When(condition, List.of(then), List.of());
  }

  public static Step when(Cond condition, List<Step> then) {
    return new Step.When(condition, then, List.of());
  }

  public static Step either(Cond condition, List<Step> then, List<Step> otherwise) {
    return new Step.When(condition, then, otherwise);
  }

  public static Step repeat(int bound, Cond condition, Step.Drop exhausted, List<Step> body) {
    return new Step.Repeat(bound, condition, body, exhausted);
  }
}
