package io.arbalest.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a daemon that knows one answer. */
final class ClientTest {
  private static final byte[] HELLO_EXIT_7 =
      "HTTP/1.1 200 OK\r\n\r\n\1\0\0\0\5hello\3\0\0\0\4\0\0\0\7"
          .getBytes(StandardCharsets.ISO_8859_1);

  @TempDir Path run;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void shouldSendItsWordsAndShowTheAnswer() throws Exception {
    try (var daemon = listen("one.alpha")) {
      var request = answerOne(daemon, HELLO_EXIT_7);
      int code = client(out, "alpha").run(List.of("dladm", "show-link", "a\"b\\c\n\u00e9"));
      assertThat(code).isEqualTo(7);
      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("hello");
      assertThat(request.join())
          .startsWith("POST /v1/run HTTP/1.1\r\n")
          .contains("\"argv\":[\"dladm\",\"show-link\",\"a\\\"b\\\\c\\u000a\u00e9\"]")
          .contains("\"ARBALEST_HOST\":\"alpha\"")
          .doesNotContain("SECRET")
          .contains("\"cwd\":\"" + System.getProperty("user.dir") + "\"")
          .contains("\"columns\":0");
    }
  }

  @Test
  void shouldStateTheBodysLengthInBytes() throws Exception {
    try (var daemon = listen("one.alpha")) {
      var request = answerOne(daemon, HELLO_EXIT_7);
      client(out, "alpha").run(List.of("\u00e9\u00e9"));
      String[] headAndBody = request.join().split("\r\n\r\n", 2);
      int length = headAndBody[1].getBytes(StandardCharsets.UTF_8).length;
      assertThat(headAndBody[0]).contains("Content-Length: " + length);
    }
  }

  @Test
  void shouldEndLikeAProgramWithoutAReader() throws Exception {
    try (var daemon = listen("one.alpha")) {
      var request = answerOne(daemon, HELLO_EXIT_7);
      assertThat(client(new Closed(), "alpha").run(List.of("dladm"))).isEqualTo(141);
      assertThat(request.join()).contains("dladm");
      assertThat(err.size()).isZero();
    }
  }

  @Test
  void shouldSayThatALabsDaemonIsNotRunning() throws Exception {
    listen("one.alpha").close();
    assertThat(client(out, "alpha").run(List.of("dladm"))).isEqualTo(1);
    assertThat(complaint())
        .isEqualTo(
            "arbalest: the daemon of host 'one.alpha' is not running;"
                + " 'arbalest lab up' starts it again\n");
  }

  @Test
  void shouldReportAnUnknownHost() {
    assertThat(client(out, "").run(List.of("--host", "nowhere", "dladm"))).isEqualTo(1);
    assertThat(complaint()).isEqualTo("arbalest: no host 'nowhere'; the hosts here are: global\n");
  }

  @Test
  void shouldReportADaemonThatDiesInTheMiddle() throws Exception {
    try (var daemon = listen("one.alpha")) {
      var request =
          answerOne(daemon, "HTTP/1.1 200 OK\r\n\r\n\1".getBytes(StandardCharsets.ISO_8859_1));
      assertThat(client(out, "alpha").run(List.of("dladm"))).isEqualTo(1);
      assertThat(complaint()).contains("closed the connection before the command ended");
      assertThat(request.join()).contains("dladm");
    }
  }

  @Test
  void shouldAskAgainWhenTheDaemonIsAboutToEnd() throws Exception {
    byte[] leaving =
        "HTTP/1.1 503 Service Unavailable\r\n\r\n{\"error\":\"about to end\"}"
            .getBytes(StandardCharsets.ISO_8859_1);
    try (var daemon = listen("one.alpha")) {
      var requests =
          answerOne(daemon, leaving).thenCompose(first -> answerOne(daemon, HELLO_EXIT_7));
      assertThat(client(out, "alpha").run(List.of("dladm"))).isEqualTo(7);
      assertThat(requests.join()).contains("dladm");
    }
  }

  @Test
  void shouldAskForHelpWhenThereAreNoWords() throws Exception {
    try (var daemon = listen("one.alpha")) {
      var request = answerOne(daemon, HELLO_EXIT_7);
      client(out, "alpha").run(List.of());
      assertThat(request.join()).contains("\"argv\":[\"help\"]");
    }
  }

  @Test
  void shouldReadWordsAgainWhenTheLocaleLostThem() {
    byte[] list = "java\0-cp\0x\0dladm\0\u00e9\0".getBytes(StandardCharsets.UTF_8);
    assertThat(Surroundings.lastWords(list, 2)).containsExactly("dladm", "\u00e9");
    assertThat(Surroundings.lastWords(list, 0)).isEmpty();
  }

  private Client client(OutputStream stdout, String host) {
    Map<String, String> environment =
        Map.of("ARBALEST_RUN", run.toString(), "ARBALEST_HOST", host, "SECRET", "x");
    return new Client(new Surroundings(environment), stdout, err);
  }

  private String complaint() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private ServerSocketChannel listen(String instance) throws IOException {
    Files.createDirectory(run.resolve(instance));
    String socket = new RunDirectory(run.toString()).socket(instance);
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket));
  }

  private static CompletableFuture<String> answerOne(ServerSocketChannel daemon, byte[] answer) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (SocketChannel caller = daemon.accept()) {
            ByteBuffer request = ByteBuffer.allocate(64 * 1024);
            caller.read(request);
            caller.write(ByteBuffer.wrap(answer));
            return StandardCharsets.UTF_8.decode(request.flip()).toString();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  /** Standard output of which nobody reads the other end. */
  private static final class Closed extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }
}
