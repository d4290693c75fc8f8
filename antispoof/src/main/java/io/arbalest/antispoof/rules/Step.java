package io.arbalest.antispoof.rules;

import java.util.List;

/** A step of a rule model. Steps run in order until one ends the evaluation. */
public sealed interface Step {

  /** Gives a variable a value; a later {@code Let} of the same name replaces it. */
  record Let(String name, Expr value) implements Step {}

  /** Ends the evaluation: the frame is dropped and counted under the reason. */
  record Drop(String rule, DropReason reason) implements Step {}

  /** Ends the evaluation: the frame goes on. */
  record Pass(String rule) implements Step {}

  /** Hands a copy of the frame to whoever learns addresses; the evaluation goes on. */
  record Note(Topic topic) implements Step {}

  /** One of two branches. */
  record When(Cond condition, List<Step> then, List<Step> otherwise) implements Step {
    public When {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /**
   * The body, again and again while the condition holds. If it still holds after {@code bound}
   * rounds, {@code exhausted} ends the evaluation.
   *
   * @param bound at least 1
   */
  record Repeat(int bound, Cond condition, List<Step> body, Drop exhausted) implements Step {
    public Repeat {
      if (bound < 1) {
        throw new IllegalArgumentException("bound " + bound + ": at least 1 is allowed");
      }
      body = List.copyOf(body);
    }
  }
}
