package io.arbalest.antispoof.explain;

import java.util.ArrayList;
import java.util.List;

/** A dissection under way: what was found so far. */
final class Reading {
  private final StringBuilder summary = new StringBuilder();
  private final List<Dissection.Fact> facts = new ArrayList<>();

  /** Adds words to the summary. */
  Reading say(String words) {
    summary.append(summary.isEmpty() ? "" : " ").append(words);
    return this;
  }

  /** Adds a field. */
  Reading fact(String name, Object value) {
    facts.add(new Dissection.Fact(name, value.toString()));
    return this;
  }

  Dissection end() {
    return new Dissection(summary.toString(), facts);
  }
}
