package io.arbalest.cli.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the daemon's answer: an HTTP head, then frames until the end of the stream.
 *
 * <p>A frame is a type byte, a length (32 bits, big endian) and that many bytes: 1 standard output,
 * 2 standard error, 3 exit code (32 bits, big endian), 4 the argument vector to become, each word
 * followed by a zero byte. The end of the stream, not the exit code, ends the answer: a daemon with
 * nothing left to hold goes away first, so that the caller returns when it is gone. Output is
 * handed on as it arrives, however long its frame is.
 */
final class Answer {
  private static final String OK = "HTTP/1.1 200";
  private static final String UNAVAILABLE = "HTTP/1.1 503";
  private static final String ERROR_START = "{\"error\":\"";
  private static final String ERROR_END = "\"}";
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int EXIT = 3;
  private static final int LAUNCH = 4;
  private static final int NO_CODE = -1;
  private static final int MAX_HEAD = 16 * 1024;
  private static final int MAX_LAUNCH = 2 * 1024 * 1024;
  private static final int MAX_REFUSAL = 16 * 1024;

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024).flip();

  Answer(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /**
   * Copies the answer to the sink.
   *
   * @return the exit code that the daemon sent; 0 after a command to become, which is the last
   *     frame
   * @throws UnavailableException if the daemon did nothing and can be asked again
   * @throws ClientException if the daemon refused the request, or the answer is not of this
   *     protocol
   * @throws EOFException if the answer ends before its exit code
   */
  int copyTo(AnswerSink sink) throws IOException {
    String status = line(0);
    int headSize = status.length();
    String header = line(headSize);
    while (!header.isEmpty()) {
      headSize += header.length();
      header = line(headSize);
    }
    if (status.startsWith(UNAVAILABLE)) {
      throw new UnavailableException(refusal(status));
    }
    if (!status.startsWith(OK)) {
      throw new ClientException(refusal(status));
    }
    return frames(sink);
  }

  private int frames(AnswerSink sink) throws IOException {
    int code = NO_CODE;
    while (fill() || code == NO_CODE) {
      int type = next();
      long length = (long) next() << 24 | next() << 16 | next() << 8 | next();
      switch (type) {
        case STDOUT, STDERR -> output(type, length, sink);
        case EXIT -> code = exitCode(length);
        case LAUNCH -> {
          sink.launch(words(length));
          code = 0;
        }
        default -> throw malformed("frame type " + type);
      }
    }
    return code;
  }

  private void output(int type, long length, AnswerSink sink) throws IOException {
    long left = length;
    while (left > 0) {
      require();
      int chunk = (int) Math.min(left, buffer.remaining());
      if (type == STDOUT) {
        sink.stdout(buffer.array(), buffer.position(), chunk);
      } else {
        sink.stderr(buffer.array(), buffer.position(), chunk);
      }
      buffer.position(buffer.position() + chunk);
      left -= chunk;
    }
  }

  private int exitCode(long length) throws IOException {
    if (length != Integer.BYTES) {
      throw malformed("exit code of " + length + " bytes");
    }
    return (next() << 24 | next() << 16 | next() << 8 | next()) & Integer.MAX_VALUE;
  }

  private List<String> words(long length) throws IOException {
    if (length == 0 || length > MAX_LAUNCH) {
      throw malformed("launch frame of " + length + " bytes");
    }
    byte[] bytes = new byte[(int) length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) next();
    }
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        words.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    return words;
  }

  /** One line of the HTTP head, without its CR LF. */
  private String line(int headSize) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = next(); b != '\n'; b = next()) {
      if (b != '\r') {
        line.append((char) b);
      }
      if (headSize + line.length() > MAX_HEAD) {
        throw malformed("HTTP head over " + MAX_HEAD + " bytes");
      }
    }
    return line.toString();
  }

  /** The body of an answer that is not a 200: {@code {"error":"the daemon's sentence"}}. */
  private String refusal(String status) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (body.size() < MAX_REFUSAL && fill()) {
      body.write(buffer.get());
    }
    String text = body.toString(StandardCharsets.UTF_8).strip();
    if (text.startsWith(ERROR_START) && text.endsWith(ERROR_END)) {
      text = text.substring(ERROR_START.length(), text.length() - ERROR_END.length());
      text = text.replace("\\\"", "\"").replace("\\\\", "\\");
    }
    return text.isEmpty() ? "the daemon answered " + status : text;
  }

  private static ClientException malformed(String what) {
    return new ClientException("the daemon sent an answer that is not understood: " + what);
  }

  private int next() throws IOException {
    require();
    return buffer.get() & 0xff;
  }

  private void require() throws IOException {
    if (!fill()) {
      throw new EOFException("the daemon closed the connection before the command ended");
    }
  }

  /** Makes sure that a byte can be read; false at the end of the stream. */
  private boolean fill() throws IOException {
    while (!buffer.hasRemaining()) {
      buffer.clear();
      int count = channel.read(buffer);
      buffer.flip();
      if (count < 0) {
        return false;
      }
    }
    return true;
  }
}
