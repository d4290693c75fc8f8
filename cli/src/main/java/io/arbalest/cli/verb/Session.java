package io.arbalest.cli.verb;

import io.arbalest.zone.daemon.Invocation;
import io.arbalest.zone.daemon.Output;
import java.nio.file.Path;

/**
 * One run of a verb: where its words came from and where its output goes.
 *
 * @param tool the tool's name, which starts every complaint
 * @param invocation the caller's command line and surroundings
 * @param output the caller's standard streams
 */
public record Session(String tool, Invocation invocation, Output output) {
  private static final int DEFAULT_WINDOW = 24;

  public void out(String text) {
    if (!text.isEmpty()) {
      output.out(text);
    }
  }

  /** A complaint that ends the verb. */
  public void fail(String message) {
    output.err(tool + ": " + message + "\n");
  }

  /** A complaint after which the verb goes on. */
  public void warn(String message) {
    fail("warning: " + message);
  }

  /** The height of the caller's terminal in rows; 0 when the output is not a terminal. */
  public int window() {
    if (invocation.columns() == 0) {
      return 0;
    }
    try {
      return Integer.parseInt(invocation.env().getOrDefault("LINES", ""));
    } catch (NumberFormatException e) {
      return DEFAULT_WINDOW;
    }
  }

  /** A file that the caller named, seen from where the caller stands. */
  public Path file(String name) {
    return Path.of(invocation.cwd()).resolve(name);
  }
}
