package io.arbalest.zone.lab;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document into nodes that know their line.
 *
 * <p>Bounded on purpose, because the file may be anybody's: 1 MiB, 32 levels, no anchors or
 * aliases, no tags that make objects.
 */
final class YamlFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 32;

  private final Path path;
  private final LoadSettings settings;

  private YamlFile(Path path) {
    this.path = path;
    this.settings =
        LoadSettings.builder()
            .setLabel(path.toString())
            .setAllowDuplicateKeys(false)
            .setCodePointLimit(MAX_BYTES)
            .build();
  }

  /**
   * @throws LabFileException if the file is not readable, too large, or not YAML
   */
  static YamlNode read(Path path) {
    return new YamlFile(path).parse(text(path));
  }

  private YamlNode parse(String text) {
    try {
      checkShape(text);
      return new Compose(settings)
          .composeString(text)
          .map(node -> new YamlNode(path, "", node))
          .orElseThrow(() -> new LabFileException(path, 1, "the file is empty"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new LabFileException(path, line, "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new LabFileException(path, 1, "not YAML: " + e.getMessage());
    }
  }

  /**
   * Walks the flat events first: composing recurses, and a hostile file would exhaust the stack.
   */
  private void checkShape(String text) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
      if (event instanceof AliasEvent) {
        throw new LabFileException(path, line, "anchors and aliases are not allowed");
      }
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      if (depth > MAX_DEPTH) {
        throw new LabFileException(path, line, "nested deeper than " + MAX_DEPTH + " levels");
      }
    }
  }

  private static String text(Path path) {
    try {
      long size = Files.size(path);
      if (size > MAX_BYTES) {
        throw new LabFileException(path, 1, size + " bytes; at most " + MAX_BYTES + " are allowed");
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(java.nio.ByteBuffer.wrap(Files.readAllBytes(path)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new LabFileException(path, 1, "not UTF-8 text");
    } catch (IOException e) {
      throw new LabFileException(path, 1, "cannot be read: " + e.getClass().getSimpleName());
    }
  }
}
