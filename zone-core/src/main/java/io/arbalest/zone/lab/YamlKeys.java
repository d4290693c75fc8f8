package io.arbalest.zone.lab;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The entries of a mapping whose keys are known beforehand. */
record YamlKeys(YamlNode owner, Map<String, YamlNode> entries) {

  YamlNode required(String key) {
    return optional(key)
        .orElseThrow(() -> owner.problem("missing key '%s'%s".formatted(key, owner.in())));
  }

  Optional<YamlNode> optional(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** What {@code read} makes of the key's value, or {@code otherwise} where the key is missing. */
  <T> T optional(String key, Function<YamlNode, T> read, T otherwise) {
    return optional(key).map(read).orElse(otherwise);
  }
}
