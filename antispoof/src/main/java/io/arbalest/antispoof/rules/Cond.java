package io.arbalest.antispoof.rules;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A condition. {@link All} and {@link Any} stop at the first operand that decides. */
public sealed interface Cond {

  /** Two values compared, unsigned. */
  record Compare(Relation relation, Expr left, Expr right) implements Cond {}

  /** Whether a value is one of a few numbers, which are not negative. */
  record OneOf(Expr value, SortedSet<Long> numbers) implements Cond {
    public OneOf {
      numbers = Collections.unmodifiableSortedSet(new TreeSet<>(numbers));
    }
  }

  /** Whether every operand holds; the rest is not evaluated after one that does not. */
  record All(List<Cond> operands) implements Cond {
    public All {
      operands = nonEmpty(operands);
    }
  }

  /** Whether one operand holds; the rest is not evaluated after one that does. */
  record Any(List<Cond> operands) implements Cond {
    public Any {
      operands = nonEmpty(operands);
    }
  }

  /** The opposite. */
  record Not(Cond operand) implements Cond {}

  /** Whether the port's policy has the flag. */
  record HasFlag(PolicyFlag flag) implements Cond {}

  /** Whether the kernel took an 802.1Q or 802.1ad tag off the frame before the rules saw it. */
  record TagStripped() implements Cond {}

  /**
   * Whether the frame is an aggregate (GSO): its receiver makes several frames of it, which share
   * the headers and divide the payload.
   */
  record Aggregate() implements Cond {}

  /** Whether a set of the port's policy contains a key of as many numbers as the set has words. */
  record Member(PolicySet set, List<Expr> key) implements Cond {
    public Member {
      key = List.copyOf(key);
      if (key.isEmpty() || key.size() != set.words()) {
        throw new IllegalArgumentException(
            "%s has keys of %d numbers, not %d".formatted(set, set.words(), key.size()));
      }
    }
  }

  /**
   * Whether a set of the port's policy contains {@code length} bytes of the frame from {@code
   * offset} on. None has an element of no bytes, or of more than {@value #LONGEST}. Like a load, it
   * drops the frame as truncated if they reach beyond its end.
   */
  record MemberBytes(PolicySet set, Expr offset, Expr length) implements Cond {
    /** The longest element, in bytes. */
    public static final int LONGEST = 256;

    public MemberBytes {
      if (set.words() != 0) {
        throw new IllegalArgumentException(set + " has keys of numbers, not of bytes");
      }
    }
  }

  /** How {@link Compare} compares. */
  enum Relation {
    EQ("=="),
    NE("!="),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">=");

    private final String symbol;

    Relation(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    /** Whether the relation holds between two values taken as unsigned. */
    public boolean test(long left, long right) {
      int order = Long.compareUnsigned(left, right);
      return switch (this) {
        case EQ -> order == 0;
        case NE -> order != 0;
        case LT -> order < 0;
        case LE -> order <= 0;
        case GT -> order > 0;
        case GE -> order >= 0;
      };
    }
  }

  private static List<Cond> nonEmpty(List<Cond> operands) {
    if (operands.isEmpty()) {
      throw new IllegalArgumentException("a condition over no operands says nothing");
    }
    return List.copyOf(operands);
  }
}
