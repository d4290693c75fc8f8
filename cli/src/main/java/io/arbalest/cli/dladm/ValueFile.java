package io.arbalest.cli.dladm;

import io.arbalest.cli.verb.Session;
import io.arbalest.cli.verb.VerbException;
import io.arbalest.cli.verb.Words;
import io.arbalest.zone.property.LinkProperty;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Values that are too many for a command line: {@code routed-prefixes=@FILE}.
 *
 * <p>The file has one value a line; empty lines and what follows a {@code #} do not count. It is
 * read relative to where the caller stands, has at most 1 MiB, and must be a plain file, because
 * another kind might keep the daemon waiting.
 */
final class ValueFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final String SIGN = "@";

  private ValueFile() {}

  /**
   * The words themselves, or those of the file that they name.
   *
   * @throws VerbException if the file cannot be read
   */
  static List<String> resolve(LinkProperty property, List<String> words, Session session) {
    boolean named = words.size() == 1 && words.getFirst().startsWith(SIGN);
    if (!property.isLong() || !named) {
      return words;
    }
    try {
      return read(session.file(words.getFirst().substring(SIGN.length())));
    } catch (VerbException e) {
      throw new VerbException(property.name() + ": " + e.getMessage(), e);
    }
  }

  private static List<String> read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new VerbException("'" + Words.printable(file.toString()) + "' is not a file");
      }
      List<String> values =
          text(file).lines().map(line -> line.replaceFirst("#.*", "").strip()).toList();
      return values.stream().filter(value -> !value.isEmpty()).toList();
    } catch (IOException e) {
      throw new VerbException(
          "cannot read '" + Words.printable(file.toString()) + "': " + e.getMessage(), e);
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new VerbException(
            "'" + Words.printable(file.toString()) + "': at most " + MAX_BYTES + " bytes allowed");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
