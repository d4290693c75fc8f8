package io.arbalest.antispoof.learn;

import io.arbalest.vnic.VnicKey;
import java.util.List;

/**
 * What one VNIC has learned, as it is stored.
 *
 * @param vnic whose it is
 * @param ifindex its port; another one would be another VNIC of the same name
 * @param bindings in the order in which they were learned
 * @param prefixes in the order in which they were learned
 */
public record Learned(
    VnicKey vnic, int ifindex, List<Binding> bindings, List<LearnedPrefix> prefixes) {
  public Learned {
    bindings = List.copyOf(bindings);
    prefixes = List.copyOf(prefixes);
  }

  /** Whether there is nothing to store. */
  public boolean isEmpty() {
    return bindings.isEmpty() && prefixes.isEmpty();
  }
}
