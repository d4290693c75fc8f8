package io.arbalest.overlay;

import io.arbalest.linux.netns.NetworkNamespace;
import io.arbalest.overlay.link.Overlays;
import io.arbalest.overlay.link.StartMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that makes an overlay and waits to be killed. */
final class KilledDaemon implements AutoCloseable {
  private final Process process;

  private KilledDaemon(Process process) {
    this.process = process;
  }

  /** Starts it in a namespace; returns when the overlay is up, or the process has died. */
  static KilledDaemon start(Path namespace, List<String> jvmOptions) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KilledDaemon.class.getName(), namespace.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    // One octet when it is ready, the end of the stream when it is dead.
    int ready = process.getInputStream().read();
    if (ready < 0 && jvmOptions.isEmpty()) {
      throw new IOException("the daemon did not start");
    }
    return new KilledDaemon(process);
  }

  /** As {@code kill -9}; returns its exit status. */
  int kill() throws InterruptedException {
    process.destroyForcibly();
    return process.waitFor();
  }

  @Override
  public void close() throws InterruptedException, IOException {
    kill();
    process.getInputStream().close();
    process.getOutputStream().close();
    process.getErrorStream().close();
  }

  public static void main(String[] arguments) throws IOException {
    try (NetworkNamespace namespace = NetworkNamespace.open(Path.of(arguments[0]));
        Overlays overlays = namespace.call(() -> Overlays.open("ovdir"))) {
      overlays.create(OverlayHost.direct(), StartMode.HOLD).setUp();
      System.out.write('.');
      System.out.flush();
      // The parent closes its end when it dies.
      int end = System.in.read();
      System.exit(end);
    }
  }
}
