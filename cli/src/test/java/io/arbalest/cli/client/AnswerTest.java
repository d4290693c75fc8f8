package io.arbalest.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AnswerTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";

  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
  private final Recorder recorder = new Recorder();

  @Test
  void shouldCopyOutputInOrderAndReturnTheExitCode() throws IOException {
    head(OK);
    frame(1, "LINK\n");
    frame(2, "warning\n");
    frame(1, "");
    frame(1, "net0\n");
    exit(3);
    assertThat(copy()).isEqualTo(3);
    assertThat(recorder.out.toString(StandardCharsets.UTF_8)).isEqualTo("LINK\nnet0\n");
    assertThat(recorder.err.toString(StandardCharsets.UTF_8)).isEqualTo("warning\n");
  }

  @Test
  void shouldCopyAFrameLargerThanItsBufferFromAChannelThatDripsBytes() throws IOException {
    head(OK);
    String large = "0123456789abcdef".repeat(20_000);
    frame(1, large);
    exit(0);
    int code = new Answer(new Dripping(wire.toByteArray())).copyTo(recorder);
    assertThat(code).isZero();
    assertThat(recorder.out.toString(StandardCharsets.UTF_8)).isEqualTo(large);
  }

  @Test
  void shouldHandOverACommandWordByWord() throws IOException {
    head(OK);
    frame(4, "nsenter\0--\0sh\0-c\0echo é\0");
    assertThat(copy()).isZero();
    assertThat(recorder.launched).containsExactly("nsenter", "--", "sh", "-c", "echo é");
  }

  @Test
  void shouldShowTheDaemonsOwnRefusal() {
    head("HTTP/1.1 403 Forbidden\r\n\r\n{\"error\":\"not \\\"root\\\"\"}\n");
    assertThatThrownBy(this::copy).isInstanceOf(ClientException.class).hasMessage("not \"root\"");
  }

  @Test
  void shouldShowTheStatusOfARefusalWithoutWords() {
    head("HTTP/1.1 500 Internal Server Error\r\n\r\n");
    assertThatThrownBy(this::copy)
        .hasMessage("the daemon answered HTTP/1.1 500 Internal Server Error");
  }

  @Test
  void shouldReportAnAnswerThatEndsEarly() throws IOException {
    head(OK);
    frame(1, "half");
    assertThatThrownBy(this::copy).isInstanceOf(EOFException.class);
    byte[] all = wire.toByteArray();
    for (int length = 0; length < all.length; length++) {
      var cut = new ByteArrayInputStream(all, 0, length);
      assertThatThrownBy(() -> new Answer(Channels.newChannel(cut)).copyTo(recorder))
          .isInstanceOf(EOFException.class)
          .hasMessage("the daemon closed the connection before the command ended");
    }
  }

  @Test
  void shouldRefuseWhatIsNotOfTheProtocol() throws IOException {
    head(OK);
    frame(9, "x");
    assertThatThrownBy(this::copy).hasMessageEndingWith("not understood: frame type 9");
    wire.reset();
    head(OK);
    frame(3, "12345");
    assertThatThrownBy(this::copy).hasMessageEndingWith("not understood: exit code of 5 bytes");
    wire.reset();
    head(OK);
    wire.writeBytes(new byte[] {4, -1, -1, -1, -1});
    assertThatThrownBy(this::copy)
        .hasMessageEndingWith("not understood: launch frame of 4294967295 bytes");
    wire.reset();
    head("HTTP/1.1 200 OK\r\n" + "X-Filler: y\r\n".repeat(3000));
    assertThatThrownBy(this::copy).hasMessageContaining("HTTP head over");
  }

  @Test
  void shouldNeverFailInAnotherWayOnRandomBytes() {
    Random random = new Random(42);
    for (int round = 0; round < 20_000; round++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      wire.reset();
      head(OK);
      wire.writeBytes(noise);
      try {
        copy();
      } catch (ClientException | IOException expected) {
        assertThat(expected.getMessage()).startsWith("the daemon ");
      }
    }
  }

  private int copy() throws IOException {
    var channel = Channels.newChannel(new ByteArrayInputStream(wire.toByteArray()));
    return new Answer(channel).copyTo(recorder);
  }

  private void head(String text) {
    wire.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void frame(int type, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var out = new DataOutputStream(wire);
    out.writeByte(type);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private void exit(int code) throws IOException {
    var out = new DataOutputStream(wire);
    out.writeByte(3);
    out.writeInt(4);
    out.writeInt(code);
  }

  /** Gives its bytes one to seven at a time. */
  private static final class Dripping implements ReadableByteChannel {
    private final byte[] bytes;
    private int next;

    Dripping(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer into) {
      if (next == bytes.length) {
        return -1;
      }
      int count = Math.min(Math.min(1 + next % 7, into.remaining()), bytes.length - next);
      into.put(bytes, next, count);
      next += count;
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private static final class Recorder implements AnswerSink {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> launched = new ArrayList<>();

    @Override
    public void stdout(byte[] bytes, int offset, int length) {
      out.write(bytes, offset, length);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {
      err.write(bytes, offset, length);
    }

    @Override
    public void launch(List<String> argv) {
      launched.addAll(argv);
    }
  }
}
