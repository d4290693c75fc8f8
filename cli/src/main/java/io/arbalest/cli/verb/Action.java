package io.arbalest.cli.verb;

/**
 * One subcommand with room for its options: picocli fills the annotated fields, then it runs once.
 */
public interface Action {
  /**
   * Does it.
   *
   * @return the exit code
   * @throws VerbException if it cannot be done
   */
  int run();
}
