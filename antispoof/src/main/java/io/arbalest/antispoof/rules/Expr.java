package io.arbalest.antispoof.rules;

/** An expression: a 64-bit unsigned value computed from the frame, the policy and variables. */
public sealed interface Expr {

  /** A constant. */
  record Const(long value) implements Expr {}

  /**
   * {@code width} bytes of the frame from {@code offset} on, big-endian. The frame starts at the
   * Ethernet destination. A load beyond the end of the frame drops it as truncated.
   *
   * @param width 1, 2, 4, 6 or 8
   */
  record Load(Expr offset, int width) implements Expr {
    public Load {
      if (width != 1 && width != 2 && width != 4 && width != 6 && width != 8) {
        throw new IllegalArgumentException(
            "load width " + width + ": 1, 2, 4, 6 and 8 bytes are allowed");
      }
    }
  }

  /** The number of bytes in the frame, Ethernet header included. */
  record FrameLength() implements Expr {}

  /** The value last given to a variable by {@link Step.Let}. */
  record Var(String name) implements Expr {}

  /** A number of the port's policy. */
  record Field(PolicyField field) implements Expr {}

  /** A part of the VLAN tag that the kernel took off the frame; 0 if it took none. */
  record Tag(TagPart part) implements Expr {}

  /** Two values combined. */
  record Binary(Operator operator, Expr left, Expr right) implements Expr {}

  /** What {@link Tag} reads. */
  enum TagPart {
    /** The EtherType that announced the tag, such as 0x8100. */
    PROTOCOL,
    /** The 16 bits of tag control information. */
    CONTROL
  }

  /** What {@link Binary} can do. Shifts use the low six bits of the right value. */
  enum Operator {
    ADD("+"),
    SUB("-"),
    AND("&"),
    OR("|"),
    XOR("^"),
    SHL("<<"),
    SHR(">>");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    /** The result on two values. */
    public long apply(long left, long right) {
      return switch (this) {
        case ADD -> left + right;
        case SUB -> left - right;
        case AND -> left & right;
        case OR -> left | right;
        case XOR -> left ^ right;
        case SHL -> left << right;
        case SHR -> left >>> right;
      };
    }
  }
}
