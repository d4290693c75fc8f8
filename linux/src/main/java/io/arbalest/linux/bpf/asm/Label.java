package io.arbalest.linux.bpf.asm;

/**
 * A place in a program, made by {@link Assembler#label}. It may be jumped to before it is bound. A
 * label belongs to the assembler that made it, and two labels are never equal.
 */
public final class Label {
  private final String name;

  Label(String name) {
    this.name = name;
  }

  /** Unique within its program; the listing shows it. */
  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }
}
