package io.arbalest.cli.verb;

import java.util.List;

/** One command of the command line: {@code dladm}, {@code zlogin}, {@code lab}. */
public interface Tool {
  /** The name it is called by. */
  String name();

  /** What it is for, in half a line. */
  String summary();

  /**
   * Runs it.
   *
   * @param words the command line after the tool's name
   * @return the exit code
   */
  int run(List<String> words, Session session);

  /** Whether these words change nothing, so that they may run beside others. */
  boolean readsOnly(List<String> words);
}
