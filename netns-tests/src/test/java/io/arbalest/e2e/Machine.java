package io.arbalest.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.arbalest.testing.Census;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A main daemon with folders of its own, and the command line that talks to it. */
final class Machine implements AutoCloseable {
  private static final String DAEMON = "io.arbalest.cli.Arbalestd";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> JVM =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-cp",
          System.getProperty("java.class.path"));

  private final Path folder;
  private Process daemon;

  /** Starts the main daemon; it ends by itself once it holds nothing. */
  Machine(Path folder) {
    this.folder = folder;
    this.daemon = startDaemon(Map.of());
  }

  /** What a command wrote and how it ended. */
  record Result(int status, String out, String err) {
    Result orFail() {
      if (status != 0) {
        throw new AssertionError("exit " + status + ": " + err + out);
      }
      return this;
    }
  }

  Path run() {
    return folder.resolve("run");
  }

  Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command of the project to its end. */
  Result run(String... words) {
    Process process = start(words);
    try {
      byte[] out = process.getInputStream().readAllBytes();
      byte[] err = process.getErrorStream().readAllBytes();
      return new Result(process.waitFor(), new String(out, UTF_8), new String(err, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts a command of the project. */
  Process start(String... words) {
    List<String> arguments = new ArrayList<>(List.of("io.arbalest.cli.client.Client"));
    arguments.addAll(List.of(words));
    return launch(arguments, Map.of(), ProcessBuilder.Redirect.PIPE);
  }

  /** Ends the main daemon as a crash would. */
  void killDaemon() {
    daemon.destroyForcibly();
    awaitEnd(daemon);
  }

  void restartDaemon() {
    daemon = startDaemon(Map.of());
  }

  /** Starts the main daemon again, with a fault in it: {@code N:kill}, {@code N:ENOMEM}. */
  void restartDaemonWithFault(String failpoint) {
    daemon = startDaemon(Map.of("ARBALEST_FAILPOINT", failpoint));
  }

  boolean daemonLives() {
    return daemon.isAlive();
  }

  /** Tries to start one more daemon on the same folders, and returns its exit status. */
  int secondDaemon() {
    Process second = launch(List.of(DAEMON, "global"), Map.of(), ProcessBuilder.Redirect.DISCARD);
    awaitEnd(second);
    return second.exitValue();
  }

  /** Waits for the main daemon to leave by itself. */
  void awaitDaemonLeft() {
    awaitEnd(daemon);
  }

  @Override
  public void close() {
    if (!daemon.isAlive()) {
      restartDaemon();
    }
    run("lab", "down");
    awaitEnd(daemon);
  }

  private Process startDaemon(Map<String, String> environment) {
    Process process =
        launch(
            List.of(DAEMON, "--on-demand", "global"),
            environment,
            ProcessBuilder.Redirect.appendTo(folder.resolve("daemon.log").toFile()));
    Path socket = run().resolve("global/control.sock");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(socket) && process.isAlive() && System.nanoTime() < deadline) {
      pause();
    }
    return process;
  }

  /** A socket file alone proves nothing: a killed daemon leaves its own. */
  private static boolean answers(Path socket) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private Process launch(
      List<String> arguments, Map<String, String> environment, ProcessBuilder.Redirect output) {
    List<String> command = new ArrayList<>(JVM);
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output).redirectError(output);
    builder.environment().putAll(environment);
    builder.environment().put("ARBALEST_STATE", folder.resolve("state").toString());
    builder.environment().put("ARBALEST_RUN", run().toString());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitEnd(Process process) {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the daemon did not end; the machine has\n" + Census.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
