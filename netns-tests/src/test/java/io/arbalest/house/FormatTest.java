package io.arbalest.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every source is as google-java-format writes it. Run with {@code -Dformat.write=true} to rewrite
 * the files instead of naming them.
 */
class FormatTest {
  private static final boolean WRITE = Boolean.getBoolean("format.write");

  @Test
  void shouldFindEverySourceFormatted() throws IOException, FormatterException {
    List<Path> unformatted = new ArrayList<>();
    Formatter formatter = new Formatter();
    for (Path file : SourceTree.javaFiles()) {
      String text = SourceTree.read(file);
      String formatted = formatter.formatSourceAndFixImports(text);
      if (!formatted.equals(text)) {
        unformatted.add(SourceTree.ROOT.relativize(file));
        if (WRITE) {
          Files.writeString(file, formatted);
        }
      }
    }
    assertThat(unformatted)
        .as("files that differ from google-java-format; -Dformat.write=true rewrites them")
        .matches(files -> WRITE || files.isEmpty(), "are none");
  }
}
