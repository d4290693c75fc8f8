package io.arbalest.zone.daemon;

import io.arbalest.zone.HostSpec;
import io.arbalest.zone.SpecJson;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to a daemon from Java: what labs and tests use. Each call is one connection and blocks
 * until the daemon has ended it, so that after a command that made the daemon leave, it has left.
 */
public final class ControlClient {
  private static final int BUFFER = 64 * 1024;
  private static final int MAX_HEAD = 16 * 1024;

  private final Path socket;
  private final JsonMapper json = SpecJson.mapper();

  public ControlClient(Path socket) {
    this.socket = socket;
  }

  /**
   * Runs a command.
   *
   * @param frames hears what the command writes, its exit frame included
   * @return the exit status
   * @throws IOException if the daemon cannot be reached, or ended before the command did
   * @throws ProtocolException if the daemon refused the request; its words
   */
  public int run(Invocation invocation, Consumer<ControlFrame> frames) throws IOException {
    return stream("POST", "/v1/run", json.writeValueAsString(invocation), frames);
  }

  /** Brings the daemon's host to a spec; as {@link #run}. */
  public int converge(HostSpec desired, Consumer<ControlFrame> frames) throws IOException {
    return stream("PUT", "/v1/desired", json.writeValueAsString(desired), frames);
  }

  /** Whether a daemon is there and answers. A socket file alone proves nothing. */
  public boolean answers() {
    if (!Files.exists(socket)) {
      return false;
    }
    try {
      health();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** How the daemon is. */
  public Health health() throws IOException {
    return json.readValue(page("/v1/health"), Health.class);
  }

  /** What the daemon is wanted to hold. */
  public HostSpec desired() throws IOException {
    return json.readValue(page("/v1/desired"), HostSpec.class);
  }

  /** What the daemon holds, as JSON. */
  public String state() throws IOException {
    return page("/v1/state");
  }

  private String page(String path) throws IOException {
    try (Reply reply = ask("GET", path, "")) {
      while (reply.fill()) {
        // all of it is needed
      }
      return StandardCharsets.UTF_8.decode(reply.bytes.flip()).toString();
    }
  }

  private int stream(String method, String path, String body, Consumer<ControlFrame> frames)
      throws IOException {
    try (Reply reply = ask(method, path, body)) {
      OptionalInt status = OptionalInt.empty();
      do {
        for (Optional<ControlFrame> frame = reply.frame();
            frame.isPresent();
            frame = reply.frame()) {
          frames.accept(frame.get());
          if (frame.get() instanceof ControlFrame.Exit exit) {
            status = OptionalInt.of(exit.status());
          }
        }
      } while (reply.fill());
      return status.orElseThrow(
          () -> new EOFException("the daemon ended before it said how the command ended"));
    }
  }

  private Reply ask(String method, String path, String body) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      byte[] content = body.getBytes(StandardCharsets.UTF_8);
      String head =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: arbalest\r\nContent-Type: application/json\r\nContent-Length: "
              + content.length
              + "\r\n\r\n";
      write(channel, head.getBytes(StandardCharsets.US_ASCII));
      write(channel, content);
      Reply reply = new Reply(channel);
      reply.readHead();
      return reply;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** An answer as it arrives; the buffer is in writing mode between calls. */
  private static final class Reply implements AutoCloseable {
    private final SocketChannel channel;
    private ByteBuffer bytes = ByteBuffer.allocate(BUFFER);

    Reply(SocketChannel channel) {
      this.channel = channel;
    }

    /** Reads more; false at the end. A reset is an end too: the daemon has gone. */
    boolean fill() throws IOException {
      if (!bytes.hasRemaining()) {
        bytes = ByteBuffer.allocate(bytes.capacity() * 2).put(bytes.flip());
      }
      return channel.read(bytes) >= 0;
    }

    Optional<ControlFrame> frame() {
      bytes.flip();
      Optional<ControlFrame> frame = ControlFrameCodec.decode(bytes);
      bytes.compact();
      return frame;
    }

    /** Takes the status line and the headers off. */
    void readHead() throws IOException {
      int end = headEnd();
      while (end < 0) {
        if (bytes.position() > MAX_HEAD || !fill()) {
          throw new EOFException("the daemon ended the connection without an answer");
        }
        end = headEnd();
      }
      String head = new String(bytes.array(), 0, end, StandardCharsets.US_ASCII);
      bytes.flip().position(end);
      bytes.compact();
      if (!head.startsWith("HTTP/1.1 200 ")) {
        refuse(head.lines().findFirst().orElse(""));
      }
    }

    private int headEnd() {
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
      int blank = text.indexOf("\r\n\r\n");
      return blank < 0 ? -1 : blank + 4;
    }

    private void refuse(String statusLine) throws IOException {
      while (bytes.position() < MAX_HEAD && fill()) {
        // the reason follows as JSON
      }
      String reason = StandardCharsets.UTF_8.decode(bytes.flip()).toString().strip();
      throw new ProtocolException(statusLine.replace("HTTP/1.1 ", "") + ": " + reason);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
