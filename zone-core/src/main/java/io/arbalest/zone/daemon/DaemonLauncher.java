package io.arbalest.zone.daemon;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.zone.Instance;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts daemons in processes of their own: the one place that runs a program.
 *
 * <p>The program is this very one: the same Java, class path and main class. No shell is involved.
 *
 * @param mainClass the daemon's main class, which reads {@link DaemonOptions#parse}
 * @param environment what the daemon's environment has besides {@code PATH} and {@code LANG}
 */
public record DaemonLauncher(String mainClass, Map<String, String> environment) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 5;
  private static final int LOG_TAIL = 2_000;

  /** Names the AOT cache that this daemon itself was started with. */
  private static final String AOT_CACHE = "arbalest.aot";

  /** Small and quick to start: a daemon lives on little heap and on one collector thread. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx256m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  public DaemonLauncher {
    environment = Map.copyOf(environment);
  }

  /**
   * Starts a daemon and waits until it answers.
   *
   * @param namespace the network namespace that it shall live in; empty for the caller's own
   * @return its process id
   * @throws IOException if it ends or does not answer in time; the message has the end of its log
   */
  public long launch(DaemonOptions options, Optional<NetworkNamespace> namespace)
      throws IOException {
    Instance instance = options.instance();
    Files.createDirectories(instance.run());
    Process process =
        namespace.isPresent()
            ? namespace.get().<Process, IOException>call(() -> start(options))
            : start(options);
    await(process, instance);
    return process.pid();
  }

  private Process start(DaemonOptions options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(FLAGS);
    String cache = System.getProperty(AOT_CACHE);
    if (cache != null) {
      command.add("-XX:AOTCache=" + cache);
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass);
    command.addAll(options.arguments());
    File log = options.instance().log().toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    builder.environment().keySet().retainAll(List.of("PATH", "LANG"));
    builder.environment().put("ARBALEST_STATE", root(options.instance().state()));
    builder.environment().put("ARBALEST_RUN", root(options.instance().run()));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String root(Path folder) {
    return folder.resolveSibling("").toString();
  }

  private static void await(Process process, Instance instance) throws IOException {
    ControlClient client = new ControlClient(instance.controlSocket());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!client.answers()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        String fate = process.isAlive() ? "does not answer" : "ended at once";
        throw new IOException(
            "the daemon of " + instance.name() + " " + fate + ": " + logTail(instance));
      }
      pause(process);
    }
  }

  private static void pause(Process process) throws IOException {
    try {
      process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a daemon starts", e);
    }
  }

  private static String logTail(Instance instance) {
    try {
      String log = Files.readString(instance.log());
      return log.substring(Math.max(0, log.length() - LOG_TAIL)).strip();
    } catch (IOException e) {
      return "it left no log";
    }
  }
}
