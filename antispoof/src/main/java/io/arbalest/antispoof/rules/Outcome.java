package io.arbalest.antispoof.rules;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * All that the rules made of a frame.
 *
 * @param verdict whether it goes on
 * @param topics under which a copy of it was handed to whoever learns addresses
 */
public record Outcome(Verdict verdict, Set<Topic> topics) {
  public Outcome {
    Set<Topic> copy = EnumSet.noneOf(Topic.class);
    copy.addAll(topics);
    topics = Collections.unmodifiableSet(copy);
  }
}
