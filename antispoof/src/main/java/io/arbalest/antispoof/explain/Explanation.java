package io.arbalest.antispoof.explain;

import io.arbalest.antispoof.Direction;
import io.arbalest.antispoof.Rehearsal;
import io.arbalest.antispoof.rules.DropReason;
import io.arbalest.antispoof.rules.Frame;
import io.arbalest.antispoof.rules.PolicyFlag;
import io.arbalest.antispoof.rules.PolicyView;
import io.arbalest.antispoof.rules.ReferenceEvaluator;
import io.arbalest.antispoof.rules.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a frame would pass a VNIC's port or not, by the rule model.
 *
 * @param direction which way the frame goes
 * @param frame what it says
 * @param verdict the verdict, with the name of the rule that decided
 * @param unstripped the verdict if the kernel had left a VLAN tag in the frame, as it does when it
 *     runs a program for a trial; without a tag it is the same
 * @param unknown what the verdict cannot know, one sentence each
 */
public record Explanation(
    Direction direction,
    Dissection frame,
    Verdict verdict,
    Verdict unstripped,
    List<String> unknown) {
  private static final int GROUP_BIT = 1;
  private static final List<String> TO_ZONE =
      List.of("whether such a frame would reach the port at all: the switch decides that");

  public Explanation {
    unknown = List.copyOf(unknown);
  }

  /**
   * Asks the rule model.
   *
   * @param frame from the Ethernet destination on, with its VLAN tag if it has one
   * @param policy the VNIC's, with what it has learned
   */
  public static Explanation of(Direction direction, byte[] frame, PolicyView policy) {
    var model = new ReferenceEvaluator(Models.of(direction));
    Verdict verdict = model.evaluate(Frame.received(frame), Optional.of(policy));
    return new Explanation(
        direction,
        Dissection.of(frame),
        verdict,
        model.evaluate(Frame.of(frame), Optional.of(policy)),
        direction == Direction.FROM_ZONE ? fromZone(frame, policy, verdict) : TO_ZONE);
  }

  /** Whether a trial of the running program came to what the model says. */
  public boolean agrees(Rehearsal program) {
    return program.drop().equals(Verdicts.reason(unstripped));
  }

  /** Why it is dropped; empty if it passes. */
  public Optional<DropReason> reason() {
    return Verdicts.reason(verdict);
  }

  /** What to do about it; empty if it passes. */
  public Optional<Remedy> remedy() {
    return reason().map(Remedy::of);
  }

  /** What the frame is about that was refused: an address, a MAC address, an identifier. */
  public Optional<String> subject() {
    return reason().flatMap(why -> Remedy.subject(why, frame));
  }

  private static List<String> fromZone(byte[] frame, PolicyView policy, Verdict verdict) {
    List<String> unknown = new ArrayList<>();
    if (verdict instanceof Verdict.Dropped) {
      if (mayLearn(policy)) {
        unknown.add(
            "whether the zone will get this address by a dynamic method and may then use it");
      }
    } else if (frame.length > 0 && (frame[0] & GROUP_BIT) != 0) {
      unknown.add("who gets a copy: the switch decides that, and may limit copies of a flood");
    } else {
      unknown.add(
          "whether anybody has its destination address: the switch delivers to nobody else");
    }
    return unknown;
  }

  private static boolean mayLearn(PolicyView policy) {
    return policy.has(PolicyFlag.METHOD_DHCPV4)
        || policy.has(PolicyFlag.METHOD_DHCPV6)
        || policy.has(PolicyFlag.METHOD_SLAAC);
  }
}
