package io.arbalest.cli.client;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The command in the operator's shell: hands its words to a daemon and shows what comes back.
 *
 * <p>Ends with the exit code that the verb gave; 1 when the daemon cannot be reached; 141 when
 * nobody reads its output any more, as a program killed by SIGPIPE would.
 */
public final class Client {
  private static final int FAILED = 1;
  private static final int ATTEMPTS = 200;
  private static final List<String> HELP = List.of("help");
  private static final int BROKEN_PIPE = 141;

  private final Surroundings surroundings;
  private final Terminal terminal;

  /**
   * @param out standard output, unbuffered: each frame is seen as it comes
   * @param err standard error
   */
  Client(Surroundings surroundings, OutputStream out, OutputStream err) {
    this.surroundings = surroundings;
    this.terminal = new Terminal(out, err);
  }

  /** Runs the command line and ends the JVM at once: there is nothing to shut down. */
  public static void main(String[] argv) {
    Client client =
        new Client(
            new Surroundings(System.getenv()),
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err));
    Runtime.getRuntime().halt(client.run(Surroundings.words(argv)));
  }

  int run(List<String> words) {
    try {
      return ask(ClientArguments.parse(words, surroundings.defaultHost()));
    } catch (ClientException | IOException e) {
      if (terminal.broken) {
        return BROKEN_PIPE;
      }
      terminal.complain("arbalest: " + e.getMessage() + "\n");
      return FAILED;
    }
  }

  /** Asks until the daemon has time, or, if it was about to end, until there is another. */
  private int ask(ClientArguments arguments) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return send(arguments);
      } catch (UnavailableException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        DaemonLauncher.pause();
      }
    }
  }

  private int send(ClientArguments arguments) throws IOException {
    int code;
    List<String> argv = arguments.argv().isEmpty() ? HELP : arguments.argv();
    try (SocketChannel channel = connect(arguments.host(), argv)) {
      Request request =
          new Request(
              argv,
              surroundings.sent(),
              surroundings.cwd(),
              surroundings.columns(),
              surroundings.uid());
      ByteBuffer bytes = request.encode();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      code = new Answer(channel).copyTo(terminal);
    }
    if (!terminal.launch.isEmpty()) {
      new Become().run(terminal.launch);
    }
    return code;
  }

  private SocketChannel connect(String host, List<String> argv) throws IOException {
    RunDirectory run = surroundings.runDirectory();
    String instance = run.resolve(host);
    String socket = run.socket(instance);
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (ConnectException e) {
      return launch(instance, argv);
    } catch (SocketException e) {
      if ("Permission denied".equals(e.getMessage())) {
        throw refusal(socket + ": permission denied (try sudo)", argv);
      }
      return launch(instance, argv);
    }
  }

  /** Only the machine's own daemon can be started by a command; a lab starts those of its hosts. */
  private SocketChannel launch(String instance, List<String> argv) throws IOException {
    if (!instance.equals(RunDirectory.GLOBAL)) {
      throw new ClientException(
          "the daemon of host '"
              + instance
              + "' is not running; 'arbalest lab up' starts it again");
    }
    if (!surroundings.mayStartDaemon()) {
      throw refusal("the daemon is not running, and only root may start it (try sudo)", argv);
    }
    return surroundings.launcher().launch(instance);
  }

  /** A caller without rights gets no answer, but help: this process becomes the helper. */
  private ClientException refusal(String reason, List<String> argv) {
    new Become().run(surroundings.launcher().helper(reason, argv));
    return new ClientException(reason);
  }

  /** The caller's standard streams. */
  private static final class Terminal implements AnswerSink {
    private final OutputStream out;
    private final OutputStream err;
    private List<String> launch = List.of();
    private boolean broken;

    Terminal(OutputStream out, OutputStream err) {
      this.out = out;
      this.err = err;
    }

    @Override
    public void stdout(byte[] bytes, int offset, int length) throws IOException {
      write(out, bytes, offset, length);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) throws IOException {
      write(err, bytes, offset, length);
    }

    @Override
    public void launch(List<String> argv) {
      launch = argv;
    }

    private void write(OutputStream to, byte[] bytes, int offset, int length) throws IOException {
      try {
        to.write(bytes, offset, length);
      } catch (IOException e) {
        broken = true;
        throw e;
      }
    }

    private void complain(String line) {
      try {
        err.write(line.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        broken = true;
      }
    }
  }
}
