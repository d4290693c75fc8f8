package io.arbalest.zone.daemon;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link ControlFrame}s to bytes and back. */
public final class ControlFrameCodec {
  /** The longest payload; longer text is cut into several frames by the writer. */
  public static final int MAX_PAYLOAD = 1 << 20;

  private static final int OUT = 1;
  private static final int ERR = 2;
  private static final int EXIT = 3;
  private static final int LAUNCH = 4;
  private static final int HEADER = 1 + Integer.BYTES;

  private ControlFrameCodec() {}

  /**
   * The frame's bytes, ready to be read.
   *
   * @throws ProtocolException if the payload is longer than {@link #MAX_PAYLOAD}
   */
  public static ByteBuffer encode(ControlFrame frame) {
    return switch (frame) {
      case ControlFrame.Out out -> frame(OUT, out.text().getBytes(StandardCharsets.UTF_8));
      case ControlFrame.Err err -> frame(ERR, err.text().getBytes(StandardCharsets.UTF_8));
      case ControlFrame.Exit exit ->
          frame(EXIT, ByteBuffer.allocate(Integer.BYTES).putInt(exit.status()).array());
      case ControlFrame.Launch launch ->
          frame(LAUNCH, (String.join("\0", launch.argv()) + "\0").getBytes(StandardCharsets.UTF_8));
    };
  }

  private static ByteBuffer frame(int type, byte[] payload) {
    checkLength(payload.length);
    return ByteBuffer.allocate(HEADER + payload.length)
        .put((byte) type)
        .putInt(payload.length)
        .put(payload)
        .flip();
  }

  /**
   * Takes one frame off a buffer in big-endian order.
   *
   * @return empty, with the buffer untouched, while the frame is not complete
   * @throws ProtocolException for an unknown type, or a length or payload that is not allowed
   */
  public static Optional<ControlFrame> decode(ByteBuffer bytes) {
    if (bytes.remaining() < HEADER) {
      return Optional.empty();
    }
    int type = bytes.get(bytes.position());
    int length = bytes.getInt(bytes.position() + 1);
    checkLength(length);
    if (bytes.remaining() < HEADER + length) {
      return Optional.empty();
    }
    byte[] payload = new byte[length];
    bytes.position(bytes.position() + HEADER).get(payload);
    return Optional.of(meaning(type, payload));
  }

  private static ControlFrame meaning(int type, byte[] payload) {
    return switch (type) {
      case OUT -> new ControlFrame.Out(new String(payload, StandardCharsets.UTF_8));
      case ERR -> new ControlFrame.Err(new String(payload, StandardCharsets.UTF_8));
      case EXIT -> new ControlFrame.Exit(status(payload));
      case LAUNCH -> new ControlFrame.Launch(arguments(payload));
      default -> throw new ProtocolException("unknown frame type " + type);
    };
  }

  private static int status(byte[] payload) {
    if (payload.length != Integer.BYTES) {
      throw new ProtocolException("exit frame of " + payload.length + " bytes, must be 4");
    }
    return ByteBuffer.wrap(payload).getInt();
  }

  private static List<String> arguments(byte[] payload) {
    if (payload.length == 0 || payload[payload.length - 1] != 0) {
      throw new ProtocolException("launch frame does not end with a zero byte");
    }
    List<String> arguments = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < payload.length; i++) {
      if (payload[i] == 0) {
        arguments.add(new String(payload, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    return arguments;
  }

  private static void checkLength(int length) {
    if (length < 0 || length > MAX_PAYLOAD) {
      throw new ProtocolException(
          "frame of " + Integer.toUnsignedString(length) + " bytes, at most " + MAX_PAYLOAD);
    }
  }
}
