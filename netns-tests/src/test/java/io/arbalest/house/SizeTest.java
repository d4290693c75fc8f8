package io.arbalest.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A file holds one concept, and a reader can hold a file. */
class SizeTest {
  private static final int MAIN_LINES = 400;
  private static final int TEST_LINES = 600;
  private static final Pattern PROMISE = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

  @Test
  void shouldKeepEveryFileShort() {
    List<Path> tooLong =
        SourceTree.javaFiles().stream()
            .filter(file -> SourceTree.read(file).lines().count() > limit(file))
            .toList();
    assertThat(tooLong).isEmpty();
  }

  @Test
  void shouldHoldNoPromises() {
    List<Path> promising =
        SourceTree.javaFiles().stream()
            .filter(file -> !file.endsWith("SizeTest.java"))
            .filter(file -> PROMISE.matcher(SourceTree.read(file)).find())
            .toList();
    assertThat(promising).isEmpty();
  }

  private static int limit(Path file) {
    return file.toString().contains("/src/test/") ? TEST_LINES : MAIN_LINES;
  }
}
