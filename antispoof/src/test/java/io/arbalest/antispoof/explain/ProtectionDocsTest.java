package io.arbalest.antispoof.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.antispoof.rules.DropReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The manual names every reason; {@code -Ddocs.write=true} brings it up to date. */
class ProtectionDocsTest {
  private static final Path MANUAL = Path.of("../docs/protection.md");
  private static final String START = "<!-- reasons: written by ProtectionDocsTest -->\n";
  private static final String END = "<!-- end of reasons -->\n";

  @Test
  void shouldNameEveryReasonWithItsRemedy() throws IOException {
    String manual = Files.readString(MANUAL);
    String before = manual.substring(0, manual.indexOf(START) + START.length());
    String wanted = before + table() + manual.substring(manual.indexOf(END));
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(MANUAL, wanted);
    }
    assertThat(Files.readString(MANUAL)).isEqualTo(wanted);
  }

  private static String table() {
    String rows =
        Arrays.stream(DropReason.values())
            .map(ProtectionDocsTest::row)
            .collect(Collectors.joining());
    return "| reason | what was wrong | what to do |\n|---|---|---|\n" + rows;
  }

  private static String row(DropReason reason) {
    Remedy remedy = Remedy.of(reason);
    return "| `%s` | %s | %s%s |\n"
        .formatted(
            reason.label(),
            reason.description(),
            remedy.advice(),
            remedy.change().map(ProtectionDocsTest::change).orElse(""));
  }

  private static String change(Remedy.Change change) {
    return change.removed().isEmpty()
        ? " `%s=%s`".formatted(change.property(), String.join(",", change.added()))
        : " `%s` without `%s`".formatted(change.property(), String.join(",", change.removed()));
  }
}
