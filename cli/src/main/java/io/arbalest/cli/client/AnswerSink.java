package io.arbalest.cli.client;

import java.io.IOException;
import java.util.List;

/** Where the frames of an answer go. Called by one thread, in the order of the frames. */
interface AnswerSink {
  /** Bytes for standard output. */
  void stdout(byte[] bytes, int offset, int length) throws IOException;

  /** Bytes for standard error. */
  void stderr(byte[] bytes, int offset, int length) throws IOException;

  /** The command to become when the answer has ended. */
  void launch(List<String> argv);
}
