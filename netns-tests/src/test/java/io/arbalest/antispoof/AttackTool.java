package io.arbalest.antispoof;

import io.arbalest.linux.netns.NetworkNamespace;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs in a zone until it is stopped. */
public final class AttackTool implements AutoCloseable {
  private final Process process;

  private AttackTool(Process process) {
    this.process = process;
  }

  /** Starts it in a namespace. */
  public static AttackTool start(NetworkNamespace zone, List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    // A child starts in the namespace of the thread that starts it.
    return new AttackTool(zone.call(builder::start));
  }

  /** Waits until it is done, for ten seconds at most. */
  void awaitEnd() throws InterruptedException {
    process.waitFor(10, TimeUnit.SECONDS);
  }

  /**
   * Not by a signal that it could take as a request to undo what it did, and with all that it
   * started.
   */
  @Override
  public void close() throws InterruptedException, IOException {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
    process.getOutputStream().close();
  }
}
