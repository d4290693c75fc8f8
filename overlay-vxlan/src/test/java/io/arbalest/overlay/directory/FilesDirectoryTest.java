package io.arbalest.overlay.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arbalest.linux.net.IpLiteral;
import io.arbalest.overlay.Vtep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesDirectoryTest {
  private static final Vtep OWN = Vtep.of(IpLiteral.parse("192.0.2.1"), 4789);
  private static final String ONE = "{\"2:0:0:0:0:1\": {\"ip\": \"192.0.2.2\", \"port\": 4789}}";
  private static final String OTHER = ONE.replace("0:1", "0:2");

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("blue.json"), text);
  }

  private static String only(Directory directory) {
    assertThat(directory.current().targets()).hasSize(1);
    return directory.current().targets().getFirst().label();
  }

  @Test
  void shouldReadItsFileAgainWhenAsked() throws IOException {
    try (FilesDirectory directory = FilesDirectory.open(file(ONE), OWN)) {
      assertThat(directory.health().isOnline()).isTrue();
      assertThat(only(directory)).isEqualTo("2:0:0:0:0:1");
      file(OTHER);
      assertThat(only(directory)).isEqualTo("2:0:0:0:0:1");

      assertThat(directory.reload()).isEqualTo(DirectoryHealth.ONLINE);

      assertThat(only(directory)).isEqualTo("2:0:0:0:0:2");
    }
  }

  @Test
  void shouldKeepTheOldTableWhenTheNewFileIsBad() throws IOException {
    try (FilesDirectory directory = FilesDirectory.open(file(ONE), OWN)) {
      Path config = file(OTHER.replace("4789", "0"));

      DirectoryHealth health = directory.reload();

      assertThat(health.status()).isEqualTo("DEGRADED");
      assertThat(health.fault().orElseThrow())
          .isEqualTo(
              config + ":1:45: entry 2:0:0:0:0:2: port '0': an integer from 1 to 65535 is allowed");
      assertThat(only(directory)).isEqualTo("2:0:0:0:0:1");

      file(OTHER);
      assertThat(directory.reload()).isEqualTo(DirectoryHealth.ONLINE);
      assertThat(only(directory)).isEqualTo("2:0:0:0:0:2");
    }
  }

  @Test
  void shouldKeepTheOldTableWhenTheFileIsGone() throws IOException {
    Path config = file(ONE);
    try (FilesDirectory directory = FilesDirectory.open(config, OWN)) {
      Files.delete(config);

      assertThat(directory.reload().fault()).contains(config + ": no such file");
      assertThat(only(directory)).isEqualTo("2:0:0:0:0:1");
    }
  }

  @Test
  void shouldNotStartWithoutAGoodFile() {
    assertThatThrownBy(() -> FilesDirectory.open(folder.resolve("none"), OWN))
        .isInstanceOf(DirectoryException.class)
        .hasMessageEndingWith("none: no such file");
  }

  @Test
  void shouldHoldWithAnEmptyTableWhenAskedToStartAnyway() throws IOException {
    try (FilesDirectory directory = FilesDirectory.openOrHold(file("{"), OWN)) {
      assertThat(directory.health().status()).isEqualTo("DEGRADED");
      assertThat(directory.current().targets()).isEmpty();

      file(ONE);
      directory.reload();

      assertThat(directory.health().isOnline()).isTrue();
      assertThat(only(directory)).isEqualTo("2:0:0:0:0:1");
    }
  }

  @Test
  void shouldRefuseAFileOverOneMebibyte() throws IOException {
    Path config = file(ONE + " ".repeat(FilesDirectory.MAX_BYTES - ONE.length()));
    FilesDirectory.open(config, OWN).close();
    file(Files.readString(config) + " ");

    assertThatThrownBy(() -> FilesDirectory.open(config, OWN))
        .hasMessageEndingWith("longer than 1 MiB, which is the most allowed");
  }

  @Test
  void shouldRefuseWhatIsNotATextFile() throws IOException {
    Path config = folder.resolve("blue.json");
    Files.write(config, new byte[] {'{', (byte) 0xff, '}'});

    assertThatThrownBy(() -> FilesDirectory.open(config, OWN))
        .hasMessageEndingWith("not text in UTF-8");
    assertThatThrownBy(() -> FilesDirectory.open(folder, OWN))
        .hasMessageEndingWith("a regular file is allowed");
    assertThatThrownBy(() -> FilesDirectory.open(Path.of("/dev/zero"), OWN))
        .hasMessage("/dev/zero: a regular file is allowed");
  }
}
