package io.arbalest.cli.client;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Starts a daemon as a process of its own and waits until it answers.
 *
 * <p>The daemon leaves the caller's session (a Ctrl-C at the terminal must not reach it), has
 * {@code /} as its working directory, and writes what it says to {@code daemon.log} in its run
 * folder. It inherits the network namespace of the thread that calls, which is how a lab puts a
 * daemon into one of its hosts.
 */
public final class DaemonLauncher {
  private static final String MAIN = "io.arbalest.cli.Arbalestd";
  private static final String HELPER = "io.arbalest.cli.Helper";

  /** The exit code of a daemon that finds its instance taken. */
  public static final int ALREADY_RUNNING = 3;

  private static final long PATIENCE_MILLIS = 30_000;
  private static final long POLL_MILLIS = 5;
  private static final String LOG = "daemon.log";
  private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rwxr-x---");
  private static final int LOG_TAIL = 4096;

  private final String java;
  private final String library;
  private final RunDirectory run;

  /**
   * @param java the JVM to run the daemon with
   * @param library the folder with the daemon's jars
   * @param runDirectory the folder of all instances' run files
   */
  public DaemonLauncher(String java, String library, String runDirectory) {
    this.java = java;
    this.library = library;
    this.run = new RunDirectory(runDirectory);
  }

  /**
   * Starts an instance and connects to it.
   *
   * @throws ClientException if the daemon ended before it answered, with what it said, or if it did
   *     not answer within half a minute
   */
  public SocketChannel launch(String instance) throws IOException {
    Path folder = Path.of(run.path(), instance);
    make(folder);
    File log = folder.resolve(LOG).toFile();
    long alreadyLogged = log.length();
    Process daemon =
        new ProcessBuilder(command(instance))
            .directory(new File("/"))
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start();
    return awaitAnswer(daemon, instance, log, alreadyLogged);
  }

  /** The command that gives help without a daemon. */
  List<String> helper(String reason, List<String> argv) {
    List<String> command = new ArrayList<>();
    command.add(java);
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Darbalest.reason=" + reason);
    command.add("-cp");
    command.add(library + "/*");
    command.add(HELPER);
    command.addAll(argv);
    return command;
  }

  /** As the daemon itself would make it. */
  private static void make(Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(MODE));
    } catch (FileAlreadyExistsException e) {
      // Left by a daemon that was killed, or being made by one that starts beside us.
      return;
    }
  }

  private List<String> command(String instance) {
    List<String> command = new ArrayList<>();
    command.add("setsid");
    command.add(java);
    command.add("-XX:+UseSerialGC");
    command.add("-Xmx256m");
    command.add("-XX:-UsePerfData");
    String cache = new File(library).getParent() + "/daemon.aot";
    if (new File(cache).exists()) {
      command.add("-XX:AOTCache=" + cache);
      command.add("-Darbalest.aot=" + cache);
    }
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    String options = System.getenv("ARBALEST_JAVA_OPTIONS");
    if (options != null && !options.isBlank()) {
      command.addAll(List.of(options.strip().split("\\s+")));
    }
    command.add("-cp");
    command.add(library + "/*");
    command.add(MAIN);
    command.add("--on-demand");
    command.add(instance);
    return command;
  }

  private SocketChannel awaitAnswer(Process daemon, String instance, File log, long alreadyLogged)
      throws IOException {
    UnixDomainSocketAddress socket = UnixDomainSocketAddress.of(run.socket(instance));
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (System.nanoTime() - deadline < 0) {
      boolean alive = daemon.isAlive();
      try {
        return SocketChannel.open(socket);
      } catch (IOException e) {
        // One that found another on the same folders ends with this code; the other one answers.
        if (!alive && daemon.exitValue() != ALREADY_RUNNING) {
          throw new ClientException("the daemon did not start:\n" + lastWords(log, alreadyLogged));
        }
      }
      pause();
    }
    throw new ClientException("the daemon does not answer; its log is " + log);
  }

  static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException("interrupted while the daemon was starting");
    }
  }

  /** What a daemon that did not live has said. Once shown, its log is of no more use. */
  private static String lastWords(File log, long alreadyLogged) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log, "r")) {
      long start = Math.max(Math.min(alreadyLogged, file.length()), file.length() - LOG_TAIL);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? "it said nothing; its log is " + log : text;
    } finally {
      remove(log.toPath());
    }
  }

  private static void remove(Path log) throws IOException {
    Files.deleteIfExists(log);
    try {
      Files.deleteIfExists(log.getParent());
    } catch (DirectoryNotEmptyException e) {
      // It holds what an earlier daemon left, which a later one takes up.
      return;
    }
  }
}
