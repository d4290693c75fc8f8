package io.arbalest.zone.lab;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML node with its place, read with the type that is expected there.
 *
 * @param where the path to it for messages, such as {@code zones.web.net}; empty for the document
 */
record YamlNode(Path file, String where, Node node) {

  /** The mapping's entries in order; every key must be one of {@code allowed}. */
  YamlKeys keys(Set<String> allowed) {
    Map<String, YamlNode> entries = mapping();
    entries.forEach(
        (key, value) -> {
          if (!allowed.contains(key)) {
            throw value.problem(
                "unknown key '%s'%s; allowed: %s"
                    .formatted(
                        key, in(), allowed.stream().sorted().collect(Collectors.joining(", "))));
          }
        });
    return new YamlKeys(this, entries);
  }

  /** The mapping's entries in order, whatever their keys. */
  Map<String, YamlNode> mapping() {
    if (!(node instanceof MappingNode mapping)) {
      throw problem("expected a mapping" + in());
    }
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String key = new YamlNode(file, where, entry.getKeyNode()).text();
      entries.put(key, new YamlNode(file, below(key), entry.getValueNode()));
    }
    return entries;
  }

  /** The items of a sequence; a single value counts as a sequence of one. */
  List<YamlNode> items() {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(item -> new YamlNode(file, where, item)).toList();
    }
    return List.of(this);
  }

  String text() {
    if (!(node instanceof ScalarNode scalar)) {
      throw problem("expected a single value" + in());
    }
    return scalar.getValue();
  }

  /** The value as the type that {@code parse} makes; its complaint becomes ours, with the place. */
  <T> T as(Function<String, T> parse) {
    return check(() -> parse.apply(text()));
  }

  /** Makes a value; the complaint about what is here becomes one with the place. */
  <T> T check(Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw problem(where + ": " + e.getMessage());
    }
  }

  int integer(int low, int high) {
    String text = text();
    if (text.matches("[0-9]{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= low && value <= high) {
        return value;
      }
    }
    throw problem("%s: '%s' is not a whole number from %d to %d".formatted(where, text, low, high));
  }

  LabFileException problem(String text) {
    return new LabFileException(file, line(), text);
  }

  private int line() {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private String below(String key) {
    return where.isEmpty() ? key : where + "." + key;
  }

  String in() {
    return where.isEmpty() ? "" : " in " + where;
  }
}
