package io.arbalest.antispoof.rules;

/** What becomes of a frame, and the name of the rule that decided. */
public sealed interface Verdict {
  /** The rule name of a verdict that no step of the model gave: a load beyond the frame's end. */
  String TRUNCATED_RULE = "truncated";

  /** The rule name of a verdict on a port without a policy. */
  String NO_POLICY_RULE = "no-policy";

  /** The deciding rule, as named in the model. */
  String rule();

  /** The frame goes on. */
  record Passed(String rule) implements Verdict {}

  /** The frame is dropped and counted. */
  record Dropped(String rule, DropReason reason) implements Verdict {}
}
