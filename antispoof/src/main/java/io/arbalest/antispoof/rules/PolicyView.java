package io.arbalest.antispoof.rules;

/** What a rule model can ask of a port's policy. */
public interface PolicyView {
  long field(PolicyField field);

  boolean has(PolicyFlag flag);

  /** Whether the set contains the value {@code high:low}; see {@link PolicySet} for its form. */
  boolean contains(PolicySet set, long high, long low);
}
