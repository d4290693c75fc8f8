package io.arbalest.linux.netns;

import static org.assertj.core.api.Assertions.assertThat;

import io.arbalest.linux.sys.Failpoint;
import io.arbalest.testing.Privileged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A maker of zones that dies at once takes its helper process with it. */
@Privileged
class StackNamespacesCrashKernelTest {
  /** The process that dies. */
  static final class Maker {
    private Maker() {}

    public static void main(String[] arguments) {
      StackNamespaces.create(new UidRange(1_000_000, 1)).close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void shouldLeaveNoProcessWhenKilledWhileMakingOne(int hit, @TempDir Path dir)
      throws IOException, InterruptedException {
    String mark = "-Darbalest.crash.mark=" + dir;
    Process maker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Darbalest.failpoint=" + hit + ":kill",
                mark,
                "-cp",
                System.getProperty("java.class.path"),
                Maker.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("log").toFile())
            .start();
    assertThat(maker.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(maker.exitValue()).isEqualTo(Failpoint.KILLED);
    assertThat(processesWith(mark)).isEmpty();
  }

  /** The helper shares the memory of its maker, and so its command line. */
  private static List<Path> processesWith(String mark) throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes.filter(process -> commandLine(process).contains(mark)).toList();
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
