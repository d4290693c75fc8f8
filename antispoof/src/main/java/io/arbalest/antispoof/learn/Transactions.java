package io.arbalest.antispoof.learn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one VNIC has asked for and not yet been answered: the last few questions, each for a while.
 * A flood of them pushes out none but the VNIC's own.
 */
final class Transactions<K, V> {
  /** More at once than any client has; a zone with more clients repeats its question. */
  static final int CAPACITY = 8;

  /** A client repeats its question within 64 seconds, RFC 2131 section 4.1. */
  static final long LIFETIME = 64_000_000_000L;

  private final Map<K, Asked<V>> pending = new LinkedHashMap<>();

  private record Asked<V>(V question, long when) {}

  /** Notes a question, in place of an older one of that key. */
  void put(K key, V question, long now) {
    pending.remove(key);
    if (pending.size() == CAPACITY) {
      pending.remove(pending.keySet().iterator().next());
    }
    pending.put(key, new Asked<>(question, now));
  }

  Optional<V> find(K key, long now) {
    return Optional.ofNullable(pending.get(key))
        .filter(asked -> now - asked.when() <= LIFETIME)
        .map(Asked::question);
  }

  void remove(K key) {
    pending.remove(key);
  }
}
