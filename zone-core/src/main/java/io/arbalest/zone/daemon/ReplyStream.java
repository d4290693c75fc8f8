package io.arbalest.zone.daemon;

import java.util.List;

/** An answer in the making: the frames of a command, and its end. */
interface ReplyStream extends Output {
  /** Says with which status the command ended; nothing may be written after it. */
  void exit(int status);

  /** Ends the connection. Not called by a daemon that leaves: its own end is the end. */
  void end();

  /** Refuses the request, before anything was written: the daemon is busy or about to leave. */
  void refuse(String reason);

  /** Where text goes; frames are cut to what the protocol allows. */
  @Override
  void out(String text);

  @Override
  void err(String text);

  @Override
  void launch(List<String> argv);
}
