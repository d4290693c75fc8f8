package io.arbalest.antispoof.rules;

/** What a rule model can ask of a port's policy. */
public interface PolicyView {
  long field(PolicyField field);

  boolean has(PolicyFlag flag);

  /** Whether the set contains the key; see {@link PolicySet} for its form. */
  boolean contains(PolicySet set, long... key);

  /** Whether a set whose keys are bytes contains these. */
  boolean contains(PolicySet set, byte[] key);
}
