package io.arbalest.cli.client;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the client knows of where it was called.
 *
 * <p>The script at the root of the project fills in by system properties what a JVM cannot find out
 * cheaply: {@code arbalest.uid}, {@code arbalest.lib}, and the size of the terminal in {@code
 * arbalest.columns} and {@code arbalest.lines}, both 0 when standard output is not one.
 */
final class Surroundings {
  private static final String RUN = "/run/arbalest";
  private static final String OWN_PREFIX = "ARBALEST_";
  private static final List<String> SENT =
      List.of("TERM", "NO_COLOR", "LANG", "LC_ALL", "HOME", "USER", "SUDO_USER");

  private final Map<String, String> environment;

  Surroundings(Map<String, String> environment) {
    this.environment = environment;
  }

  RunDirectory runDirectory() {
    return new RunDirectory(environment.getOrDefault("ARBALEST_RUN", RUN));
  }

  /** The host to use when the command line names none; empty for the machine's own daemon. */
  String defaultHost() {
    return environment.getOrDefault("ARBALEST_HOST", "");
  }

  /** The variables that a verb may look at; nothing else of the caller's environment leaves. */
  Map<String, String> sent() {
    Map<String, String> sent = new HashMap<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      if (name.startsWith(OWN_PREFIX) || SENT.contains(name)) {
        sent.put(name, variable.getValue());
      }
    }
    int lines = Integer.getInteger("arbalest.lines", 0);
    if (lines > 0) {
      sent.put("LINES", Integer.toString(lines));
    }
    return sent;
  }

  /** The terminal's width; 0 when standard output is not a terminal. */
  int columns() {
    return Integer.getInteger("arbalest.columns", 0);
  }

  String cwd() {
    return System.getProperty("user.dir", "/");
  }

  int uid() {
    return Integer.getInteger("arbalest.uid", -1);
  }

  /** Whether the caller is root, or nobody said who it is. */
  boolean mayStartDaemon() {
    return uid() <= 0;
  }

  DaemonLauncher launcher() {
    String library = System.getProperty("arbalest.lib");
    if (library == null) {
      throw new ClientException(
          "the daemon is not running, and arbalest.lib does not say where it is");
    }
    String java = System.getProperty("java.home") + "/bin/java";
    return new DaemonLauncher(java, library, runDirectory().path());
  }

  /**
   * The words of the command line as the caller typed them. In a locale that is not UTF-8 the JVM
   * has already lost every other character, so they are read again from the kernel.
   *
   * @param decoded what the JVM made of them
   */
  static List<String> words(String[] decoded) {
    if ("UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
      return List.of(decoded);
    }
    try (FileInputStream file = new FileInputStream("/proc/self/cmdline")) {
      return lastWords(file.readAllBytes(), decoded.length);
    } catch (IOException e) {
      return List.of(decoded);
    }
  }

  /** The last words of a NUL-terminated list, as UTF-8. */
  static List<String> lastWords(byte[] list, int count) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < list.length; i++) {
      if (list[i] == 0) {
        words.add(new String(list, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    return words.subList(words.size() - count, words.size());
  }
}
