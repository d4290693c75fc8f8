package io.arbalest.zone.lab;

import java.util.Map;

/** Looks up what an earlier check has shown to be there. */
final class Lookup {
  private Lookup() {}

  static <K, V> V in(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("nothing is known of " + key);
    }
    return value;
  }
}
