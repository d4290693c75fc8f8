package io.arbalest.cli.verb;

import io.arbalest.zone.daemon.Invocation;
import io.arbalest.zone.daemon.Output;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One run of a verb: where its words came from and where its output goes.
 *
 * @param tool the tool's name, which starts every complaint
 * @param invocation the caller's command line and surroundings
 * @param output the caller's standard streams
 */
public record Session(String tool, Invocation invocation, Output output) {
  private static final int DEFAULT_WINDOW = 24;
  private static final Duration GLANCE = Duration.ofMillis(200);

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

  /**
   * Waits, for a verb that repeats itself.
   *
   * @return false as soon as nobody reads the output any more
   */
  public boolean waitWhileRead(Duration pause) {
    long end = System.nanoTime() + pause.toNanos();
    long left = pause.toNanos();
    while (left > 0 && output.isOpen()) {
      try {
        Thread.sleep(Duration.ofNanos(Math.min(left, GLANCE.toNanos())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      left = end - System.nanoTime();
    }
    return output.isOpen();
  }
}
