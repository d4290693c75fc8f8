package io.arbalest.zone.daemon;

import java.util.List;

/**
 * Where a command writes. What is written reaches the caller at once; after the caller has gone
 * away it is dropped silently, because a change that has begun is finished all the same.
 */
public interface Output {
  /** Text for the caller's standard output. */
  void out(String text);

  /** Text for the caller's standard error. */
  void err(String text);

  /**
   * Asks the caller to become another program: what needs the caller's own terminal is done by the
   * caller's own process.
   *
   * @param argv the program's absolute path and its arguments
   */
  void launch(List<String> argv);

  /** Whether anybody still reads; a command that repeats itself ends when not. */
  boolean isOpen();
}
