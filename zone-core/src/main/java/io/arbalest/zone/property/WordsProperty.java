package io.arbalest.zone.property;

import io.arbalest.vnic.ProtectionSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A property whose values are among a few words. They are kept in the order of the choices. */
abstract sealed class WordsProperty extends ListProperty<String>
    permits ProtectionModes, DynamicMethods, Roles, ReceptionGuards {
  private final List<String> choices;

  WordsProperty(String name, List<String> choices) {
    super(name, choices.size());
    this.choices = List.copyOf(choices);
  }

  /** The words in a spec, in whatever order. */
  abstract Set<String> words(ProtectionSpec spec);

  /** Sets words that are choices, in their order. */
  abstract ProtectionSpec setWords(ProtectionSpec spec, Set<String> words);

  @Override
  public final List<String> choices() {
    return choices;
  }

  @Override
  public final String possible() {
    return String.join(",", choices);
  }

  @Override
  final String parse(String word) {
    if (!choices.contains(word)) {
      throw new IllegalArgumentException("'" + word + "'; allowed: " + String.join(", ", choices));
    }
    return word;
  }

  @Override
  final Set<String> get(ProtectionSpec spec) {
    return ordered(words(spec));
  }

  private Set<String> ordered(Set<String> values) {
    Set<String> ordered = new LinkedHashSet<>(choices);
    ordered.retainAll(values);
    return ordered;
  }

  @Override
  final ProtectionSpec set(ProtectionSpec spec, Set<String> values) {
    return setWords(spec, ordered(values));
  }
}
