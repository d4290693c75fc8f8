package io.arbalest.zone.daemon;

import java.util.List;

/**
 * One message from the daemon to the client that waits for a command: type u8, length u32 big
 * endian, payload.
 *
 * <pre>
 *   1 standard output   UTF-8
 *   2 standard error    UTF-8
 *   3 exit              status, u32 big endian
 *   4 launch            arguments, UTF-8, each followed by a zero byte
 * </pre>
 */
public sealed interface ControlFrame {
  /** The media type of a stream of frames. */
  String MEDIA_TYPE = "application/vnd.arbalest.stream";

  /** Text for standard output. */
  record Out(String text) implements ControlFrame {}

  /** Text for standard error. */
  record Err(String text) implements ControlFrame {}

  /** The command is done. */
  record Exit(int status) implements ControlFrame {}

  /** The client is to execute this in place of itself. */
  record Launch(List<String> argv) implements ControlFrame {
    public Launch {
      argv = List.copyOf(argv);
      for (String argument : argv) {
        if (argument.indexOf('\0') >= 0) {
          throw new IllegalArgumentException("an argument to launch holds a zero byte");
        }
      }
      if (argv.isEmpty()) {
        throw new IllegalArgumentException("nothing to launch");
      }
    }
  }
}
